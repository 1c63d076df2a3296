import {
  LeadCreated,
  LeadMerged,
  LeadOriginCorrected,
  LeadScored,
  LeadStageChanged,
  LeadUnmerged,
  type LeadProfile,
  type Score,
  type StageCause,
  type StageReason,
} from '@baton/contracts';
import { truncate } from '../activity/traits.js';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import { comeBack, mayWake } from '../funnel/sales-status.js';
import { isReady, reachedBy, stageOf } from '../funnel/stage.js';
import type { StageFacts } from '../funnel/stage-facts.js';
import { stageReason } from '../funnel/stage-reason.js';
import { cellOf } from '../model/matrix.js';
import type { CompiledModel } from '../model/compiled-model.js';
import { nextChange } from '../score/next-change.js';
import { reasonsOf } from '../score/reasons.js';
import { score, scoreOver, scoreWithRules, type RulePoints, type ScoreWithRules } from '../score/score.js';
import { timeProfileOf } from '../score/time-profile.js';
import type { IdentityChange } from './identity-change.js';
import type { Lead, Sales } from './lead.js';
import type { LeadEvent } from './lead-event.js';
import { withNurture } from './lead-nurture.js';
import { isWaiting } from './record-activity.js';
import { isSameOrigin, originOf } from './origin.js';

/** A stage transition to persist in `stage_changes`. */
export interface StageTransition {
  readonly version: number;
  readonly from: string;
  readonly to: string;
  readonly cause: StageCause;
  readonly reason: StageReason;
}

export interface Evaluation {
  readonly lead: Lead;
  readonly events: readonly LeadEvent[];
  readonly transition: StageTransition | null;
  /** Points of the fit rules, which do not change with time. */
  readonly fit: readonly RulePoints[];
}

export interface EvaluationContext {
  readonly definitions: ActiveDefinitions;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Why the leads are evaluated. */
  readonly cause: StageCause;
}

/** How the identity of a lead changed, with what is not to be counted for the lead it was divided from. */
export type LeadIdentityChange = IdentityChange & { readonly stagesNotReached?: readonly string[] };

// Properties are spelled out because the search for the next stage change calls this for each instant.
const factsOf = (lead: Lead, score: Score, { matrix }: CompiledModel): StageFacts => ({
  points: score.points,
  fit: score.fit,
  engagement: score.engagement,
  grade: score.grade,
  ...cellOf(matrix, score),
  identified: lead.identified,
  consent: lead.consent !== null && lead.consent.given,
  traits: lead.traits,
});

/**
 * Decides score and stage of a lead and gives an event for each visible change, after those for the changes of its identity. The lead's
 * tallies must be of the active model. Without a visible change there are no events and the version stays. Of a merged lead nothing is
 * said but that it was created, if that is due, and merged.
 */
export const evaluateLead = (
  published: Lead,
  context: EvaluationContext,
  changes: readonly LeadIdentityChange[] = [],
): Evaluation => {
  const { definitions, now } = context;
  const { modelId, model, funnelId, funnel } = definitions;
  const { lead: before, events } = identityEvents(published, changes, context);
  if (before.mergedInto !== null || isWaiting(before))
    return { lead: before, events, transition: null, fit: [] };
  const current = scoreWithRules(model, before.traits, before.tallies, now, before.account ?? undefined);
  const accountMatch = model.accountMatch(before.account);
  const facts = factsOf(before, current.score, model);
  const stage = stageOf(funnel, before.salesStatus, facts);
  const salesReady = isReady(funnel, before.salesStatus, stage);
  const isMoved = before.stage !== stage;
  const isTransition = isMoved || (salesReady && !before.salesReady);
  const isScored = isVisibleChange(before.score, current.score, isMoved);
  const moved: Lead = {
    ...before,
    version: before.version + Number(isScored) + Number(isTransition),
    modelId,
    funnelId,
    accountMatch,
    stage,
    salesReady,
    score: isScored ? current.score : before.score,
    scoredAt: isScored ? now : before.scoredAt,
    stageAt: isMoved ? now : before.stageAt,
    // Other points for fit change the next stage change; recompute the decay timer.
    nextStageChangeAt: accountMatch === before.accountMatch ? before.nextStageChangeAt : null,
  };
  const transition = { from: before.stage, to: stage, recycling: before.recycling, facts };
  const reason = isTransition ? stageReason(funnel, { ...transition, status: before.salesStatus }) : null;
  const lostStage = reason?.kind === 'criteria-lost' ? before.stage : null;
  const lead = withNurture({ before, lead: moved, facts, lostStage }, definitions, now);
  let sequence = before.version;
  if (isScored)
    events.push({ contract: LeadScored, data: scoredData(lead, current, now), sequence: ++sequence });
  if (!reason) return { lead, events, transition: null, fit: current.fit };
  const data = { ...stageChangedData(before, lead, current.score, context), reason };
  events.push({ contract: LeadStageChanged, data, sequence: ++sequence });
  return {
    lead,
    events,
    transition: { version: sequence, from: before.stage, to: stage, cause: context.cause, reason },
    fit: current.fit,
  };
};

/** The score of a lead at `now` (ms since 1970), by what is known now; its tallies must be of the model. */
export const scoreOf = (lead: Lead, model: CompiledModel, now: number): Score =>
  score(model, lead.traits, lead.tallies, now, lead.account ?? undefined);

/** The stage of a lead by what is known now. */
export const currentStage = (
  lead: Lead,
  { definitions: { model, funnel }, now }: EvaluationContext,
): string => stageOf(funnel, lead.salesStatus, factsOf(lead, scoreOf(lead, model, now), model));

/** The events of a lead that was created, merged, unmerged, or whose first activity is another than published. */
const identityEvents = (
  before: Lead,
  changes: readonly LeadIdentityChange[],
  { definitions, now }: EvaluationContext,
): { lead: Lead; events: LeadEvent[] } => {
  const isNew = before.version === 0;
  // Nothing was ever said of it. Of one that lost all its activities is said whose it is.
  if (isNew && isWaiting(before)) return { lead: before, events: [] };
  const published = before.publishedOrigin;
  const isOwn = before.mergedInto === null && !isWaiting(before);
  const isCorrected = published !== null && isOwn && !isSameOrigin(published, before);
  const events: LeadEvent[] = [];
  if (!isNew && !isCorrected && changes.length === 0) return { lead: before, events };
  let sequence = before.version;
  if (isNew)
    events.push({
      contract: LeadCreated,
      data: createdData(before, definitions.funnel.first, definitions.funnelId),
      sequence: ++sequence,
    });
  for (const change of changes) events.push({ ...identityEvent(change, now), sequence: ++sequence });
  if (isCorrected)
    events.push({ contract: LeadOriginCorrected, data: originData(before, now), sequence: ++sequence });
  const publishedOrigin = isNew || isCorrected ? originOf(before) : published;
  return { lead: { ...before, version: sequence, publishedOrigin }, events };
};

const identityEvent = (change: LeadIdentityChange, now: number): Omit<LeadEvent, 'sequence'> => {
  const { leadId, profileIds, revision } = change;
  if (change.kind === 'merged') {
    const { intoLeadId, cause } = change;
    const data = { leadId, intoLeadId, profileIds, cause, mergedAt: instantOf(now), revision };
    return { contract: LeadMerged, data };
  }
  const { fromLeadId, stagesNotReached = [] } = change;
  const data = { leadId, fromLeadId, profileIds, stagesNotReached, unmergedAt: instantOf(now), revision };
  return { contract: LeadUnmerged, data };
};

const originData = (lead: Lead, now: number): object => ({
  leadId: lead.id,
  ...originFields(lead),
  correctedAt: instantOf(now),
});

const originFields = ({ createdAt, sourceId, channel, campaign }: Lead): object => ({
  createdAt: instantOf(createdAt),
  sourceId,
  channel,
  ...(campaign === null ? {} : { campaign }),
});

/** Points are displayed as whole numbers, so other changes are not published, unless they moved the lead to another stage. */
const isVisibleChange = (before: Score, after: Score, isMoved: boolean): boolean =>
  Math.round(before.points) !== Math.round(after.points) ||
  before.grade !== after.grade ||
  (isMoved && before.points !== after.points);

const instantOf = (at: number): string => new Date(at).toISOString();

const createdData = (lead: Lead, firstStage: string, funnelId: string): object => ({
  leadId: lead.id,
  stage: firstStage,
  ...originFields(lead),
  funnelId,
});

const scoredData = (
  { id, modelId }: Lead,
  { score, fit, engagement }: ScoreWithRules,
  now: number,
): object => ({
  leadId: id,
  score,
  reasons: reasonsOf([...fit, ...engagement]),
  modelId,
  scoredAt: instantOf(now),
});

const stageChangedData = (
  before: Lead,
  lead: Lead,
  score: Score,
  { definitions, now, cause }: EvaluationContext,
): object => ({
  leadId: lead.id,
  from: before.stage,
  to: lead.stage,
  reached: reachedBy(definitions.funnel, before.stage, lead.stage),
  salesReady: lead.salesReady && !before.salesReady,
  cause,
  score,
  profile: profileOf(lead),
  channel: lead.channel,
  ...(lead.campaign === null ? {} : { campaign: lead.campaign }),
  funnelId: lead.funnelId,
  modelId: lead.modelId,
  changedAt: instantOf(now),
});

const PROFILE_TEXTS = ['company', 'industry', 'country', 'jobTitle'] as const;
const MAX_PROFILE_TEXT = 256;

/** The traits published to routing: company and role, no names or addresses; values of other types are left out. */
const profileOf = ({ traits }: Lead): LeadProfile => {
  const profile: Record<string, string | number> = {};
  for (const name of PROFILE_TEXTS) {
    const value = traits[name];
    if (typeof value === 'string') profile[name] = truncate(value, MAX_PROFILE_TEXT);
  }
  const employees = Number(traits['employees'] ?? NaN);
  if (Number.isFinite(employees)) profile['employees'] = employees;
  return profile;
};

/**
 * When decay alone changes the stage of an evaluated lead next (ms since 1970); null when never, or once sales has decided. `fit` are
 * the points of its fit rules. A pending
 * timer is kept when only points were added: at worst it fires too early, changes nothing and is scheduled again. This
 * way the timer of an active lead is not rewritten with every activity.
 */
export const nextStageChangeAt = (
  lead: Lead,
  fit: readonly RulePoints[],
  { definitions: { model, funnel }, now }: EvaluationContext,
): number | null => {
  if (lead.salesStatus !== null || lead.mergedInto !== null) return lead.nextStageChangeAt;
  const profile = timeProfileOf(model, lead.tallies, now);
  const onlyFalls = funnel.isMonotonic && !profile.canRise;
  if (onlyFalls && profile.onlyPostponed && lead.nextStageChangeAt !== null && lead.nextStageChangeAt > now)
    return lead.nextStageChangeAt;
  const scoreAt = scoreOver(model, fit, lead.tallies);
  const at = (instant: number): string => stageOf(funnel, null, factsOf(lead, scoreAt(instant), model));
  return nextChange({ now: lead.stage, at, onlyFalls }, now, profile);
};

/** What sales decided about a returned lead, at its wake date: it comes back when it is sales-ready again by its score, else nothing changes. */
export const salesAtWake = (
  lead: Lead,
  sales: Sales,
  { model, funnel }: ActiveDefinitions,
  now: number,
): Sales => {
  if (!mayWake(sales.salesStatus, now)) return sales;
  const facts = factsOf(lead, scoreOf(lead, model, now), model);
  return isReady(funnel, null, stageOf(funnel, null, facts)) ? comeBack(sales, 'rest-ended', now) : sales;
};
