import {
  LeadCreated,
  LeadScored,
  LeadStageChanged,
  type EventContract,
  type LeadProfile,
  type Score,
  type StageCause,
} from '@baton/contracts';
import { truncate } from '../activity/traits.js';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import { mayWake, type SalesStatus } from '../funnel/sales-status.js';
import { isReady, reachedBy, stageOf, type StageFacts } from '../funnel/stage.js';
import { nextChange } from '../score/next-change.js';
import { reasonsOf } from '../score/reasons.js';
import { score, scoreOver, scoreWithRules, type RulePoints, type ScoreWithRules } from '../score/score.js';
import { decayProfileOf } from '../score/tally.js';
import type { Lead } from './lead.js';

/** An event about a lead, with the version of the lead after it. */
export interface LeadEvent {
  readonly contract: EventContract;
  readonly data: object;
  readonly sequence: number;
}

/** A stage transition to persist in `stage_changes`. */
export interface StageTransition {
  readonly version: number;
  readonly from: string;
  readonly to: string;
  readonly cause: StageCause;
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

// Properties are spelled out because the search for the next stage change calls this for each instant.
const factsOf = (lead: Lead, score: Score): StageFacts => ({
  points: score.points,
  fit: score.fit,
  engagement: score.engagement,
  grade: score.grade,
  identified: lead.identified,
  consent: lead.consent !== null && lead.consent.given,
  traits: lead.traits,
});

/**
 * Decides score and stage of a lead and gives an event for each visible change. The lead's tallies must be of the active model. Without
 * a visible change there are no events and the version stays. A merged lead only gets the event of its creation, if that is due.
 */
export const evaluateLead = (before: Lead, context: EvaluationContext): Evaluation => {
  const { definitions, now } = context;
  const { modelId, model, funnelId, funnel } = definitions;
  const isNew = before.version === 0;
  if (before.mergedInto !== null) return mergedLead(before, definitions);
  const current = scoreWithRules(model, before.traits, before.tallies, now);
  const stage = stageOf(funnel, before.salesStatus, factsOf(before, current.score));
  const salesReady = isReady(funnel, before.salesStatus, stage);
  const isMoved = before.stage !== stage;
  const isTransition = isMoved || (salesReady && !before.salesReady);
  const isScored = isVisibleChange(before.score, current.score, isMoved);
  const lead: Lead = {
    ...before,
    version: before.version + Number(isNew) + Number(isScored) + Number(isTransition),
    modelId,
    funnelId,
    stage,
    salesReady,
    score: isScored ? current.score : before.score,
    scoredAt: isScored ? now : before.scoredAt,
    stageAt: isMoved ? now : before.stageAt,
  };
  const events: LeadEvent[] = [];
  let sequence = before.version;
  if (isNew)
    events.push({ contract: LeadCreated, data: createdData(lead, funnel.first), sequence: ++sequence });
  if (isScored)
    events.push({ contract: LeadScored, data: scoredData(lead, current, now), sequence: ++sequence });
  if (!isTransition) return { lead, events, transition: null, fit: current.fit };
  const data = stageChangedData(before, lead, current.score, context);
  events.push({ contract: LeadStageChanged, data, sequence: ++sequence });
  const transition = { version: sequence, from: before.stage, to: stage, cause: context.cause };
  return { lead, events, transition, fit: current.fit };
};

const mergedLead = (lead: Lead, { funnel }: ActiveDefinitions): Evaluation => {
  if (lead.version > 0) return { lead, events: [], transition: null, fit: [] };
  const event = { contract: LeadCreated, data: createdData(lead, funnel.first), sequence: 1 };
  return { lead: { ...lead, version: 1 }, events: [event], transition: null, fit: [] };
};

/** Points are displayed as whole numbers, so other changes are not published, unless they moved the lead to another stage. */
const isVisibleChange = (before: Score, after: Score, isMoved: boolean): boolean =>
  Math.round(before.points) !== Math.round(after.points) ||
  before.grade !== after.grade ||
  (isMoved && before.points !== after.points);

const instantOf = (at: number): string => new Date(at).toISOString();

const createdData = (lead: Lead, firstStage: string): object => ({
  leadId: lead.id,
  stage: firstStage,
  createdAt: instantOf(lead.createdAt),
  sourceId: lead.sourceId,
  channel: lead.channel,
  ...(lead.campaign === null ? {} : { campaign: lead.campaign }),
  funnelId: lead.funnelId,
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
  const { halfLives, canRise } = decayProfileOf(model, lead.tallies);
  const onlyFalls = funnel.isMonotonic && !canRise;
  if (onlyFalls && lead.nextStageChangeAt !== null && lead.nextStageChangeAt > now)
    return lead.nextStageChangeAt;
  const scoreAt = scoreOver(model, fit, lead.tallies);
  const at = (instant: number): string => stageOf(funnel, null, factsOf(lead, scoreAt(instant)));
  return nextChange({ now: lead.stage, at, onlyFalls }, now, halfLives);
};

/** The sales status of a rejected lead at its wake date: none when it is sales-ready again by its score, else unchanged. */
export const salesStatusAtWake = (
  lead: Lead,
  { model, funnel }: ActiveDefinitions,
  now: number,
): SalesStatus => {
  if (!mayWake(lead.salesStatus, now)) return lead.salesStatus;
  const facts = factsOf(lead, score(model, lead.traits, lead.tallies, now));
  return isReady(funnel, null, stageOf(funnel, null, facts)) ? null : lead.salesStatus;
};
