import { afterActivity } from '../funnel/sales-status.js';
import type { CompiledFunnel } from '../funnel/stage.js';
import type { CompiledModel } from '../model/compiled-model.js';
import { score } from '../score/score.js';
import { tally } from '../score/tally.js';
import type { Activity } from '../activity/activity.js';
import type { Lead } from './lead.js';
import { learn, nothingKnown } from './traits.js';

/** The definitions in force, ready to decide with. */
export interface InForce {
  /** Definition id, such as `scoring-model-2`: every score says which version made it. */
  readonly modelId: string;
  readonly model: CompiledModel;
  readonly funnelId: string;
  readonly funnel: CompiledFunnel;
}

/** A lead nobody knew before, with nothing recorded yet. */
export const newLead = (
  id: string,
  first: Activity,
  { modelId, model, funnelId, funnel }: InForce,
  now: number,
): Lead => ({
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
  sameAs: null,
  consent: null,
  ...nothingKnown,
  tallies: {},
  modelId,
  funnelId,
  score: score(model, {}, {}, now),
  scoredAt: now,
  stage: funnel.first,
  stageAt: now,
  salesReady: false,
  standing: null,
  owner: null,
  changesAt: null,
});

/** The lead after one more activity, in whatever order they come. What a bot does is kept in the history and teaches nothing. */
export const record = (lead: Lead, activity: Activity, model: CompiledModel, now: number): Lead =>
  activity.bot ? lead : recorded(lead, activity, model, now);

const recorded = (lead: Lead, activity: Activity, model: CompiledModel, now: number): Lead => {
  const known = learn(lead, activity.told, activity.at);
  const consent = consentAfter(lead.consent, activity);
  const identified = lead.identified || activity.hasEmail;
  const isSamePerson =
    known.traits === lead.traits && consent?.given === lead.consent?.given && identified === lead.identified;
  return {
    ...lead,
    traits: known.traits,
    since: known.since,
    tallies: tally(model, lead.tallies, activity),
    consent,
    identified,
    lastActivityAt: Math.max(lead.lastActivityAt, activity.at),
    standing: afterActivity(lead.standing, activity.at, now),
    // Who they are decides when they fall: a timer that was set for somebody else is set anew.
    changesAt: isSamePerson ? lead.changesAt : null,
  };
};

/** The latest word counts; of two at the same instant the refusal. */
const consentAfter = (before: Lead['consent'], { consent, at }: Activity): Lead['consent'] => {
  if (consent === undefined || (before && before.at > at)) return before;
  return { given: before?.at === at ? before.given && consent : consent, at };
};
