import type { Activity } from '../activity/activity.js';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import { afterActivity, NEVER_RECYCLED } from '../funnel/sales-status.js';
import { score } from '../score/score.js';
import { tally } from '../score/tally.js';
import type { Lead, Origin, PersonFacts } from './lead.js';
import { changeAllSales } from './lead-sales.js';
import { earlierOrigin } from './origin.js';
import { mergeTraits, NO_TRAITS } from './trait-state.js';

/** What a lead takes over from the activity it begins with. */
type FirstActivity = Pick<Activity, 'at' | 'sourceId' | 'channel' | 'campaignName'>;

/** A new lead without recorded activities. */
export const newLead = (
  id: string,
  first: FirstActivity,
  definitions: ActiveDefinitions,
  now: number,
): Lead => ({
  id,
  version: 0,
  ...originOf(first),
  publishedOrigin: null,
  lastActivityAt: first.at,
  hasEmail: false,
  hasUser: false,
  hasCrm: false,
  matchedTraits: NO_TRAITS.traits,
  identified: false,
  mergedInto: null,
  mergedAt: null,
  profileCount: 0,
  contested: false,
  identityVersion: 0,
  parts: [],
  lastVisit: null,
  account: null,
  accountMatch: '',
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
  recycling: NEVER_RECYCLED,
  owner: null,
  lastHandoff: null,
  nextStageChangeAt: null,
  fellFrom: null,
  nurture: null,
  nurtureAt: null,
});

/** What no activity says: any activity recorded after it is the first. */
const NOTHING_KNOWN: PersonFacts = {
  ...NO_TRAITS,
  createdAt: Infinity,
  sourceId: '',
  channel: 'direct',
  campaign: null,
  lastActivityAt: -Infinity,
  identified: false,
  consent: null,
  tallies: {},
};

/** A lead without what its activities said, to record them again. */
export const withoutFacts = (lead: Lead): Lead => ({ ...lead, ...NOTHING_KNOWN });

/**
 * A lead that did nothing itself: its identifiers were only named together with those of others. Nothing is said of it until its first
 * activity.
 */
export const waitingLead = (id: string, definitions: ActiveDefinitions, now: number): Lead =>
  withoutFacts(
    newLead(id, { at: now, sourceId: '', channel: '', campaignName: undefined }, definitions, now),
  );

/** Whether a lead has no activity; see {@link waitingLead}. Also one whose activities all turned out to be another's. */
export const isWaiting = ({ createdAt }: Lead): boolean => createdAt === Infinity;

const originOf = (activity: FirstActivity): Origin => ({
  createdAt: activity.at,
  sourceId: activity.sourceId,
  channel: activity.channel,
  campaign: activity.campaignName ?? null,
});

/** The lead after one more activity of a person; the result does not depend on their order. */
export const recordActivity = (
  lead: Lead,
  activity: Activity,
  { model, funnel }: ActiveDefinitions,
  now: number,
): Lead => {
  const { traits, traitsUpdatedAt } = mergeTraits(lead, activity.traits, activity.at);
  const consent = consentAfter(lead.consent, activity);
  const identified = lead.identified || activity.identifies;
  const isProfileUnchanged =
    traits === lead.traits && consent?.given === lead.consent?.given && identified === lead.identified;
  const origin = activity.at > lead.createdAt ? lead : earlierOrigin(lead, originOf(activity));
  return changeAllSales(
    {
      ...lead,
      createdAt: origin.createdAt,
      sourceId: origin.sourceId,
      channel: origin.channel,
      campaign: origin.campaign,
      traits,
      traitsUpdatedAt,
      tallies: tally(model, lead.tallies, activity),
      consent,
      identified,
      lastActivityAt: Math.max(lead.lastActivityAt, activity.at),
      // Traits and consent change the next stage change; recompute the decay timer.
      nextStageChangeAt: isProfileUnchanged ? lead.nextStageChangeAt : null,
    },
    (sales) =>
      sales.salesStatus?.state === 'returned'
        ? afterActivity(sales, { at: activity.at, asks: funnel.asksAgain(activity) }, now)
        : sales,
  );
};

/** The latest answer wins; of two at the same instant the refusal. */
const consentAfter = (before: Lead['consent'], { consent, at }: Activity): Lead['consent'] => {
  if (consent === undefined || (before && before.at > at)) return before;
  return { given: before?.at === at ? before.given && consent : consent, at };
};
