import type { StageCause } from '@baton/contracts';
import type { Lead } from './lead.js';
import type { InForce } from './record-activity.js';
import { changesAt, settle, type LeadEvent, type StageStep } from './evaluate-lead.js';

/** `decay`: the stage changes by time alone. `wake`: a lead that was sent back may be looked at again. */
export type LeadTimerKind = 'decay' | 'wake';

export interface LeadTimer {
  readonly kind: LeadTimerKind;
  readonly leadId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What became of some leads: all that is to be saved, said and watched. */
export interface Outcome {
  /** Each lead once, as it is now. */
  readonly leads: readonly Lead[];
  readonly events: readonly (LeadEvent & { readonly leadId: string })[];
  readonly steps: readonly (StageStep & { readonly leadId: string })[];
  readonly timers: readonly LeadTimer[];
}

/** Settles leads at `now` (ms since 1970); `cause` is why they are looked at. */
export const settleAll = (
  leads: readonly Lead[],
  inForce: InForce,
  now: number,
  cause: StageCause,
): Outcome => {
  const outcome = {
    leads: [] as Lead[],
    events: [] as (LeadEvent & { leadId: string })[],
    steps: [] as (StageStep & { leadId: string })[],
    timers: [] as LeadTimer[],
  };
  for (const before of leads) {
    const settled = settle(before, inForce, now, cause);
    const leadId = before.id;
    const { lead, timer } = watched(before, settled.lead, inForce, now);
    outcome.leads.push(lead);
    for (const event of settled.events) outcome.events.push({ ...event, leadId });
    if (settled.step) outcome.steps.push({ ...settled.step, leadId });
    if (timer) outcome.timers.push(timer);
  }
  return outcome;
};

/** Sets the lead's timer where its stage will change at another time than the timer it has is set for. */
const watched = (
  before: Lead,
  lead: Lead,
  inForce: InForce,
  now: number,
): { lead: Lead; timer: LeadTimer | null } => {
  // Other definitions see another fall; the timer that is set was worked out by the old ones.
  const isSame = before.modelId === lead.modelId && before.funnelId === lead.funnelId;
  const at = changesAt(isSame ? lead : { ...lead, changesAt: null }, inForce, now);
  if (at === lead.changesAt) return { lead, timer: null };
  const timer: LeadTimer | null = at === null ? null : { kind: 'decay', leadId: lead.id, at };
  return { lead: { ...lead, changesAt: at }, timer };
};

/** One outcome of several, in their order: of each lead the last state counts. */
export const joined = (outcomes: readonly Outcome[]): Outcome => ({
  leads: [...new Map(outcomes.flatMap(({ leads }) => leads).map((lead) => [lead.id, lead])).values()],
  events: outcomes.flatMap(({ events }) => events),
  steps: outcomes.flatMap(({ steps }) => steps),
  timers: outcomes.flatMap(({ timers }) => timers),
});
