import type { IdentityChange, StagesAround } from './identity-change.js';
import {
  currentStage,
  evaluateLead,
  nextStageChangeAt,
  type Evaluation,
  type EvaluationContext,
  type LeadIdentityChange,
  type StageTransition,
} from './evaluate-lead.js';
import type { LeadEvent } from './lead-event.js';
import type { Lead } from './lead.js';
import { withNurtureTimer } from './lead-nurture.js';

/** `decay`: the stage changes by time alone. `wake`: a rejected lead becomes eligible again. `nurture`: marketing is to be told. */
export type LeadTimerKind = 'decay' | 'wake' | 'nurture';

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

/** How identities changed, and by lead that was divided from another: the stages of the other before and since the merge. */
export interface IdentityOutcome {
  readonly changes: readonly IdentityChange[];
  readonly stagesAround: ReadonlyMap<string, StagesAround>;
}

/** Evaluates leads; each is in the outcome, also when nothing changed. */
export const evaluateLeads = (
  leads: readonly Lead[],
  context: EvaluationContext,
  identity?: IdentityOutcome,
): Outcome => {
  const changes = changesByLead(leads, context, identity);
  const outcome = {
    leads: [] as Lead[],
    events: [] as (LeadEvent & { leadId: string })[],
    transitions: [] as (StageTransition & { leadId: string })[],
    timers: [] as LeadTimer[],
  };
  for (const before of leads) {
    const own = changes.get(before.id);
    const evaluation = evaluateLead(before, own ? { ...context, cause: 'merge' } : context, own);
    const leadId = before.id;
    const { lead: scheduled, timer } = scheduleNextChange(before, evaluation, context);
    const { lead, isNew } = withNurtureTimer(scheduled, context.definitions, context.now);
    outcome.leads.push(lead);
    if (isNew) outcome.timers.push({ kind: 'nurture', leadId, at: lead.nurtureAt! });
    for (const event of evaluation.events) outcome.events.push({ ...event, leadId });
    if (evaluation.transition) outcome.transitions.push({ ...evaluation.transition, leadId });
    if (timer) outcome.timers.push(timer);
  }
  return outcome;
};

/** Changes of identity by lead. A stage that a lead holds by itself was reached, whatever was merged into it in between. */
const changesByLead = (
  leads: readonly Lead[],
  context: EvaluationContext,
  identity: IdentityOutcome | undefined,
): Map<string, LeadIdentityChange[]> => {
  const byLead = new Map<string, LeadIdentityChange[]>();
  for (const change of identity?.changes ?? []) {
    const others = byLead.get(change.leadId) ?? [];
    byLead.set(change.leadId, [...others, withStages(change, leads, context, identity!)]);
  }
  return byLead;
};

const withStages = (
  change: IdentityChange,
  leads: readonly Lead[],
  context: EvaluationContext,
  { stagesAround }: IdentityOutcome,
): LeadIdentityChange => {
  const stages = stagesAround.get(change.leadId);
  const from = change.kind === 'unmerged' ? leads.find(({ id }) => id === change.fromLeadId) : undefined;
  if (!stages || !from) return change;
  const { indexOf, document } = context.definitions.funnel;
  const highest = (keys: readonly string[]): number =>
    Math.max(-1, ...keys.map((key) => indexOf.get(key) ?? -1));
  const stage = currentStage(from, context);
  // Out of the funnel by a verdict: what was reached before that verdict was.
  if (!indexOf.has(stage)) return change;
  const own = highest([...stages.before, stage]);
  const stagesNotReached = document.stages.slice(own + 1, highest(stages.since) + 1).map(({ key }) => key);
  return { ...change, stagesNotReached };
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
