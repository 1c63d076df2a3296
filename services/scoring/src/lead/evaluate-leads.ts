import {
  evaluateLead,
  nextStageChangeAt,
  type Evaluation,
  type EvaluationContext,
  type LeadEvent,
  type StageTransition,
} from './evaluate-lead.js';
import type { Lead } from './lead.js';

/** `decay`: the stage changes by time alone. `wake`: a rejected lead becomes eligible again. */
export type LeadTimerKind = 'decay' | 'wake';

export interface LeadTimer {
  readonly kind: LeadTimerKind;
  readonly leadId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The result of evaluating some leads: rows to save, events to publish, timers to schedule. */
export interface Outcome {
  /** The new state of each lead, once. */
  readonly leads: readonly Lead[];
  readonly events: readonly (LeadEvent & { readonly leadId: string })[];
  readonly transitions: readonly (StageTransition & { readonly leadId: string })[];
  readonly timers: readonly LeadTimer[];
}

/** Evaluates leads; each is in the outcome, also when nothing changed. */
export const evaluateLeads = (leads: readonly Lead[], context: EvaluationContext): Outcome => {
  const outcome = {
    leads: [] as Lead[],
    events: [] as (LeadEvent & { leadId: string })[],
    transitions: [] as (StageTransition & { leadId: string })[],
    timers: [] as LeadTimer[],
  };
  for (const before of leads) {
    const evaluation = evaluateLead(before, context);
    const leadId = before.id;
    const { lead, timer } = scheduleNextChange(before, evaluation, context);
    outcome.leads.push(lead);
    for (const event of evaluation.events) outcome.events.push({ ...event, leadId });
    if (evaluation.transition) outcome.transitions.push({ ...evaluation.transition, leadId });
    if (timer) outcome.timers.push(timer);
  }
  return outcome;
};

/** Gives a timer when the next stage change by decay is not the one the pending timer is due at. */
const scheduleNextChange = (
  before: Lead,
  { lead, fit }: Evaluation,
  context: EvaluationContext,
): { lead: Lead; timer: LeadTimer | null } => {
  // A pending timer that was computed with other definitions is never kept.
  const isSame = before.modelId === lead.modelId && before.funnelId === lead.funnelId;
  const at = nextStageChangeAt(isSame ? lead : { ...lead, nextStageChangeAt: null }, fit, context);
  if (at === lead.nextStageChangeAt) return { lead, timer: null };
  const timer: LeadTimer | null = at === null ? null : { kind: 'decay', leadId: lead.id, at };
  return { lead: { ...lead, nextStageChangeAt: at }, timer };
};

/** Merges consecutive outcomes; of each lead the last state wins. */
export const mergeOutcomes = (outcomes: readonly Outcome[]): Outcome => ({
  leads: [...new Map(outcomes.flatMap(({ leads }) => leads).map((lead) => [lead.id, lead])).values()],
  events: outcomes.flatMap(({ events }) => events),
  transitions: outcomes.flatMap(({ transitions }) => transitions),
  timers: outcomes.flatMap(({ timers }) => timers),
});
