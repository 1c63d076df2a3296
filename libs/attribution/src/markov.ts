import { MAX_MARKOV_KEYS } from './limits.js';
import type { Journeys } from './journeys.js';
import { markovChain } from './markov-chain.js';
import { AttributionRefused } from './refused.js';
import { removalByInverse } from './removal-by-inverse.js';
import { removalByPropagation } from './removal-by-propagation.js';
import type { Shares } from './shares.js';
import type { Steps } from './steps.js';

const DEFAULT_ORDER = 1;

/**
 * Shares in proportion to the removal effects (Anderl, Becker, von Wangenheim and Schumann 2016, "Mapping the customer journey"): the
 * part of the conversions that is lost when every transition to a state that contains the key ends without a conversion instead.
 * Conversions and value have the same shares. All are zero when nothing converts.
 * @throws AttributionRefused when the chain is too large
 */
export function* markovShares(journeys: Journeys, order = DEFAULT_ORDER): Steps<Shares> {
  const effects = yield* removalEffects(journeys, order);
  return { conversions: effects, value: effects };
}

/** Removal effect of each key, by its index: 0 to 1. */
export function* removalEffects(journeys: Journeys, order: number): Steps<Float64Array> {
  const { length } = journeys.keys;
  const effects = new Float64Array(length);
  if (!(yield* anyConverts(journeys))) return effects;
  if (order === 1 && length > MAX_MARKOV_KEYS)
    throw new AttributionRefused('/paths', `have more than ${MAX_MARKOV_KEYS} distinct keys`);
  const chain = yield* markovChain(journeys, order);
  if (order > 1) return yield* removalByPropagation(chain, length);
  const ofStates = yield* removalByInverse(chain);
  // A key only of paths without journeys has no state.
  for (const [state, key] of chain.lastKey.entries()) effects[key] = ofStates[state]!;
  return effects;
}

function* anyConverts({ blocks }: Journeys): Steps<boolean> {
  for (const block of blocks) {
    for (const { conversions } of block.journeys()) if (conversions > 0) return true;
    yield;
  }
  return false;
}
