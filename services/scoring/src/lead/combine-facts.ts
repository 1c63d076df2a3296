import { combineTallies } from '../score/tally.js';
import type { CompiledModel } from '../model/compiled-model.js';
import type { PersonFacts } from './lead.js';
import { earlierOrigin } from './origin.js';
import { combineTraits } from './trait-state.js';

/**
 * What is known of a person by two sets of activities that have none in common: the same as recording all of them, in any order.
 * Tallies are of `model`.
 */
export const combineFacts = (model: CompiledModel, one: PersonFacts, other: PersonFacts): PersonFacts => {
  const { createdAt, sourceId, channel, campaign } = earlierOrigin(one, other);
  return {
    createdAt,
    sourceId,
    channel,
    campaign,
    lastActivityAt: Math.max(one.lastActivityAt, other.lastActivityAt),
    identified: one.identified || other.identified,
    consent: combineConsent(one.consent, other.consent),
    ...combineTraits(one, other),
    tallies: combineTallies(model, one.tallies, other.tallies),
  };
};

const combineConsent = (
  one: PersonFacts['consent'],
  other: PersonFacts['consent'],
): PersonFacts['consent'] => {
  if (one === null || other === null) return one ?? other;
  if (one.at !== other.at) return one.at > other.at ? one : other;
  return one.given ? other : one;
};
