import { LeadNurtureDue } from '@baton/contracts';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import { causesAfter, nextNurtureAt, tellDueCauses, type DueCause } from '../funnel/nurture.js';
import type { StageFacts } from '../funnel/stage-facts.js';
import type { LeadEvent } from './lead-event.js';
import type { Lead } from './lead.js';

const DAY_MS = 86_400_000;

interface Evaluated {
  readonly before: Lead;
  readonly lead: Lead;
  readonly facts: StageFacts;
  /** The stage that the lead meets no longer by this evaluation. */
  readonly lostStage: string | null;
}

/**
 * The lead with the nurture rules that hold for it now. With a new funnel they begin within the next day, each lead at an instant of its
 * own: else a signature would tell of all leads at once.
 */
export const withNurture = (
  { before, lead, facts, lostStage }: Evaluated,
  { funnel }: ActiveDefinitions,
  now: number,
): Lead => {
  const isMoved = before.stage !== lead.stage;
  const fellFrom = lostStage === null ? (isMoved ? null : lead.fellFrom) : (lead.fellFrom ?? lostStage);
  const since = before.version > 0 && before.funnelId !== lead.funnelId ? now + spreadOf(lead.id) : now;
  const causes = causesAfter(
    funnel.nurture,
    lead.nurture,
    { ...facts, stage: lead.stage, fellFrom: fellFrom ?? undefined },
    { lastActivityAt: lead.lastActivityAt, since },
  );
  return causes === lead.nurture && fellFrom === lead.fellFrom
    ? lead
    : { ...lead, fellFrom, nurture: causes };
};

/** Up to a day, by the random end of the id. */
const spreadOf = (leadId: string): number => (parseInt(leadId.slice(-8), 16) / 2 ** 32) * DAY_MS || 0;

/**
 * The lead with the due time of its nurture timer; `isNew` when one is to be scheduled. A pending timer that is due earlier is kept: it
 * changes nothing and is scheduled again, so that the timer of an active lead is not rewritten with every activity.
 */
export const withNurtureTimer = (
  lead: Lead,
  { funnel }: ActiveDefinitions,
  now: number,
): { lead: Lead; isNew: boolean } => {
  const at = nextNurtureAt(funnel.nurture, lead.nurture, lead.lastActivityAt);
  const { nurtureAt } = lead;
  // The timer of a lead that was merged meanwhile fired for nothing.
  const isPending = nurtureAt !== null && nurtureAt > now && at !== null && nurtureAt <= at;
  return at === null || isPending
    ? { lead, isNew: false }
    : { lead: { ...lead, nurtureAt: at }, isNew: true };
};

/** A nurture signal to persist in `nurture_signals`. */
export interface NurtureSignal extends DueCause {
  readonly leadId: string;
  readonly version: number;
  readonly funnelId: string;
}

export interface ToldLead {
  readonly lead: Lead;
  readonly events: readonly LeadEvent[];
  readonly signals: readonly NurtureSignal[];
}

/** Tells marketing of the causes due by `now`, each once. */
export const tellNurture = (lead: Lead, { funnel }: ActiveDefinitions, now: number): ToldLead => {
  const { lastActivityAt, id: leadId, funnelId } = lead;
  const { due, causes } = tellDueCauses(funnel.nurture, lead.nurture, { lastActivityAt, now });
  if (due.length === 0) return { lead, events: [], signals: [] };
  const versionOf = (index: number): number => lead.version + index + 1;
  return {
    lead: { ...lead, nurture: causes, version: lead.version + due.length },
    events: due.map((cause, index) => ({
      contract: LeadNurtureDue,
      data: dataOf(lead, cause, now),
      sequence: versionOf(index),
    })),
    signals: due.map((cause, index) => ({ ...cause, leadId, funnelId, version: versionOf(index) })),
  };
};

const dataOf = (lead: Lead, { rule, since, dueAt }: DueCause, now: number): object => ({
  leadId: lead.id,
  reason: rule.key,
  words: rule.label,
  stage: lead.stage,
  since: new Date(since).toISOString(),
  dueAt: new Date(dueAt).toISOString(),
  score: lead.score,
  channel: lead.channel,
  ...(lead.campaign === null ? {} : { campaign: lead.campaign }),
  funnelId: lead.funnelId,
  signalledAt: new Date(now).toISOString(),
});
