import type { Activity } from '../activity/activity.js';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import { afterActivity } from '../funnel/sales-status.js';
import type { CompiledModel } from '../model/compiled-model.js';
import { score } from '../score/score.js';
import { tally } from '../score/tally.js';
import type { Lead } from './lead.js';
import { mergeTraits, NO_TRAITS } from './trait-state.js';

/** A new lead without recorded activities. */
export const newLead = (id: string, first: Activity, definitions: ActiveDefinitions, now: number): Lead => ({
  id,
  version: 0,
  sourceId: first.sourceId,
  channel: first.channel,
  campaign: first.campaignName ?? null,
  createdAt: now,
  lastActivityAt: first.at,
  hasEmail: false,
  hasUser: false,
  identified: false,
  mergedInto: null,
  consent: null,
  ...NO_TRAITS,
  tallies: {},
  modelId: definitions.modelId,
  funnelId: definitions.funnelId,
  score: score(definitions.model, {}, {}, now),
  scoredAt: now,
  stage: definitions.funnel.first,
  stageAt: now,
  salesReady: false,
  salesStatus: null,
  owner: null,
  lastHandoff: null,
  nextStageChangeAt: null,
});

/** The lead after one more activity of a person; the result does not depend on their order. */
export const recordActivity = (lead: Lead, activity: Activity, model: CompiledModel, now: number): Lead => {
  const { traits, traitsUpdatedAt } = mergeTraits(lead, activity.traits, activity.at);
  const consent = consentAfter(lead.consent, activity);
  const identified = lead.identified || activity.hasEmail;
  const isProfileUnchanged =
    traits === lead.traits && consent?.given === lead.consent?.given && identified === lead.identified;
  return {
    ...lead,
    traits,
    traitsUpdatedAt,
    tallies: tally(model, lead.tallies, activity),
    consent,
    identified,
    lastActivityAt: Math.max(lead.lastActivityAt, activity.at),
    salesStatus: afterActivity(lead.salesStatus, activity.at, now),
    // Traits and consent change the next stage change; recompute the decay timer.
    nextStageChangeAt: isProfileUnchanged ? lead.nextStageChangeAt : null,
  };
};

/** The latest answer wins; of two at the same instant the refusal. */
const consentAfter = (before: Lead['consent'], { consent, at }: Activity): Lead['consent'] => {
  if (consent === undefined || (before && before.at > at)) return before;
  return { given: before?.at === at ? before.given && consent : consent, at };
};
