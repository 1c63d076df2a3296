import {
  LeadCreated,
  LeadScored,
  LeadStageChanged,
  type EventContract,
  type LeadProfile,
  type Score,
  type StageCause,
} from '@baton/contracts';
import { isReady, reachedBy, stageOf, type StageFacts } from '../funnel/stage.js';
import { mayWake, type Standing } from '../funnel/sales-status.js';
import { nextChange } from '../score/next-change.js';
import { reasonsOf } from '../score/reasons.js';
import { score, scoreOver, weigh } from '../score/score.js';
import { fadingOf } from '../score/tally.js';
import type { Lead } from './lead.js';
import type { InForce } from './record-activity.js';
import { cut } from './traits.js';

/** Something that happened to a lead, with the version it made. */
export interface LeadEvent {
  readonly contract: EventContract;
  readonly data: object;
  readonly sequence: number;
}

/** One step in the funnel, for the lead's own record. */
export interface StageStep {
  readonly version: number;
  readonly from: string;
  readonly to: string;
  readonly cause: StageCause;
}

export interface Settled {
  readonly lead: Lead;
  readonly events: readonly LeadEvent[];
  readonly step: StageStep | null;
}

// Spelled out: this is asked for every look ahead in time.
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
 * Decides score and stage of a lead at `now` (ms since 1970) and says what became different; `cause` is why it is looked at. The
 * lead's tallies must be of the model in force. Nothing different: no events and the same version.
 */
export const settle = (before: Lead, inForce: InForce, now: number, cause: StageCause): Settled => {
  const { modelId, model, funnelId, funnel } = inForce;
  const weighed = weigh(model, before.traits, before.tallies, now);
  const stage = stageOf(funnel, before.standing, factsOf(before, weighed.score));
  const salesReady = isReady(funnel, before.standing, stage);
  const isNew = before.version === 0;
  const scored = before.modelId !== modelId || !sameScore(before.score, weighed.score);
  const moved = before.stage !== stage || (salesReady && !before.salesReady);
  let version = before.version;
  const events: LeadEvent[] = [];
  const at = new Date(now).toISOString();
  const lead: Lead = { ...before, modelId, funnelId, stage, salesReady };
  const settled = lead as { -readonly [Field in keyof Lead]: Lead[Field] };
  if (scored) {
    settled.score = weighed.score;
    settled.scoredAt = now;
  }
  if (before.stage !== stage) settled.stageAt = now;
  if (isNew)
    events.push({ contract: LeadCreated, data: createdData(lead, funnel.first), sequence: ++version });
  if (scored) {
    const reasons = reasonsOf(weighed.rules);
    const data = { leadId: lead.id, score: weighed.score, reasons, modelId, scoredAt: at };
    events.push({ contract: LeadScored, data, sequence: ++version });
  }
  const step = moved ? { version: ++version, from: before.stage, to: stage, cause } : null;
  if (step) {
    const data = {
      leadId: lead.id,
      from: step.from,
      to: step.to,
      reached: reachedBy(funnel, step.from, step.to),
      salesReady: salesReady && !before.salesReady,
      cause,
      score: weighed.score,
      profile: profileOf(lead),
      channel: lead.channel,
      ...(lead.campaign === null ? {} : { campaign: lead.campaign }),
      funnelId,
      modelId,
      changedAt: at,
    };
    events.push({ contract: LeadStageChanged, data, sequence: step.version });
  }
  return { lead: { ...lead, version }, events, step };
};

const sameScore = (one: Score, other: Score): boolean =>
  one.points === other.points &&
  one.fit === other.fit &&
  one.engagement === other.engagement &&
  one.grade === other.grade;

const createdData = (lead: Lead, stage: string): object => ({
  leadId: lead.id,
  stage,
  createdAt: new Date(lead.createdAt).toISOString(),
  sourceId: lead.sourceId,
  channel: lead.channel,
  ...(lead.campaign === null ? {} : { campaign: lead.campaign }),
  funnelId: lead.funnelId,
});

const TEXTS = ['company', 'industry', 'country', 'jobTitle'] as const;

/** What routing may know: of the traits only these, and only what is fit to print. */
const profileOf = ({ traits }: Lead): LeadProfile => {
  const profile: Record<string, string | number> = {};
  for (const name of TEXTS) {
    const value = traits[name];
    if (typeof value === 'string') profile[name] = cut(value, 256);
  }
  const employees = Number(traits['employees'] ?? NaN);
  if (Number.isFinite(employees)) profile['employees'] = employees;
  return profile;
};

/**
 * When time alone changes the stage of a settled lead next (ms since 1970); null: never, or sales has decided. A timer that is set
 * already stays where it is as long as nothing but more points came: it fires too early at worst, finds nothing different
 * and is set anew. So a lead that goes on being active does not move its timer with every activity.
 */
export const changesAt = (lead: Lead, { model, funnel }: InForce, now: number): number | null => {
  if (lead.standing !== null) return lead.changesAt;
  const { halfLives, comesBack } = fadingOf(model, lead.tallies);
  const onlyFalls = funnel.risesWithPoints && !comesBack;
  if (onlyFalls && lead.changesAt !== null && lead.changesAt > now) return lead.changesAt;
  const scoreAt = scoreOver(model, lead.traits, lead.tallies);
  const at = (instant: number): string => stageOf(funnel, null, factsOf(lead, scoreAt(instant)));
  return nextChange({ now: lead.stage, at, onlyFalls }, now, halfLives);
};

/** What a lead that was sent back is after its date: marketing's again when it still meets what sales wants, else as it was. */
export const standingAtWake = (lead: Lead, { model, funnel }: InForce, now: number): Standing => {
  if (!mayWake(lead.standing, now)) return lead.standing;
  const facts = factsOf(lead, score(model, lead.traits, lead.tallies, now));
  return isReady(funnel, null, stageOf(funnel, null, facts)) ? null : lead.standing;
};
