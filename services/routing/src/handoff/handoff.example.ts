import { WorkingTime } from '@baton/calendar';
import type { ClockCalendar } from '../clock/clock-calendar.js';
import { startClock } from '../clock/sla-clock.js';
import type { Assignment } from '../team/allocation.js';
import { withWindows } from '../policy/sla-policy.example.js';
import { defaultSlaPolicy, type SignedPolicy } from '../policy/sla-policy.js';
import { evolve, type HandoffEvent } from './handoff-event.js';
import { openHandoff, type Handoff } from './handoff.js';
import type { Actor } from './actor.js';
import type { Decided } from './refusal.js';

/** People, policy and times of the specs. */
export const sam: Actor = { id: '2f0f8d1a-14f3-4b0f-9a42-000000000001', name: 'Sam', acts: 'own' };
export const ann: Actor = { id: '2f0f8d1a-14f3-4b0f-9a42-000000000002', name: 'Ann', acts: 'own' };
export const mia: Actor = { id: '2f0f8d1a-14f3-4b0f-9a42-000000000003', name: 'Mia', acts: 'any' };

/** Of 24 hours, all of which count. */
export const policy: SignedPolicy = {
  id: 'sla-policy-1',
  document: withWindows(defaultSlaPolicy, { amount: 24, unit: 'hours', calendar: 'elapsed' }),
};

/** Monday to Friday, 9:00 to 17:00 UTC. */
export const officeHours: ClockCalendar = {
  id: '00000000-0000-4000-8000-0000000ca1e4',
  version: 1,
  working: new WorkingTime({
    timeZone: 'UTC',
    hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]])),
  }),
};

/** So many hours after 9:00, when the hand-offs of the specs are opened; ms since 1970. */
export const hour = (hours: number): number => Date.parse('2026-01-05T09:00:00.000Z') + hours * 3_600_000;

const person = ({ id, name }: Actor) => ({ id, name });

export const assignment = (seller: Actor | null, why = 'next in turn'): Assignment => ({
  team: 'Sales',
  seller: seller && { ...person(seller), calendar: officeHours },
  why,
});

/** A command applied to a hand-off. */
export type Command = (handoff: Handoff) => Decided<HandoffEvent>;

export const decider = {
  initial: openHandoff({
    id: '7d3a1f0e-95a5-4e43-8a5b-1c7b5b1e0c01',
    leadId: '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001',
    team: 'Sales',
    now: hour(0),
  }),
  decide: (command: Command, handoff: Handoff) => command(handoff),
  evolve,
};

/** A hand-off after these events. */
export const after = (...events: readonly HandoffEvent[]): Handoff => events.reduce(evolve, decider.initial);

const offering = (seller: Actor, at: number, why = 'next in turn') => ({
  at,
  team: 'Sales',
  seller: person(seller),
  policyId: policy.id,
  maxReassignments: policy.document.maxReassignments,
  clock: startClock('accept', at, policy.document.accept, officeHours),
  why,
});

export const offered = (seller: Actor, at = hour(0)): HandoffEvent => ({
  type: 'offered',
  ...offering(seller, at),
});

export const reassigned = (from: Actor, to: Actor, at: number, by?: Actor): HandoffEvent => ({
  type: 'reassigned',
  from: person(from),
  ...offering(to, at),
  ...(by && { by: person(by) }),
});

export const onClock = (
  type: 'warned' | 'escalated' | 'breached',
  at: number,
  dueAt: number,
  clock: 'accept' | 'first-touch' = 'accept',
): HandoffEvent => ({ type, at, clock, dueAt });

export const accepted = (by: Actor, at: number): HandoffEvent => ({
  type: 'accepted',
  decision: { what: 'accepted', by: person(by), at },
  clock: startClock('first-touch', at, policy.document.firstTouch, officeHours),
});

export const rejected = (by: Actor, at: number): HandoffEvent => ({
  type: 'rejected',
  decision: { what: 'rejected', by: person(by), at, reason: 'no-fit' },
  teaches: 'fit',
  outcome: 'disqualified',
});

export const attempted = (by: Actor, at: number, attempt = 1, idempotencyKey?: string): HandoffEvent => ({
  type: 'attempted',
  attempt,
  channel: 'phone',
  outcome: 'no-answer',
  at,
  by: person(by),
  ...(idempotencyKey !== undefined && { idempotencyKey }),
});

export const bant = { budget: true, authority: true, need: true, timeline: false };

export const qualified = (by: Actor, at: number): HandoffEvent => ({
  type: 'qualified',
  decision: { what: 'qualified', by: person(by), at, bant },
});
