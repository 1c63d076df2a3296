import { startClock } from '../clock/sla-clock.js';
import type { ClockDue } from '../deadline/clock-steps.js';
import { defaultSlaPolicy, type SignedPolicy } from '../policy/sla-policy.js';
import { decide } from './decide.js';
import { evolve, type HandoffEvent } from './handoff-event.js';
import { openHandoff, type Handoff } from './handoff.js';
import type { Next } from './offer.js';
import type { Actor } from './verdict.js';

/** People, policy and moments that the specs of this folder tell their stories with. */
export const sam: Actor = { id: '2f0f8d1a-14f3-4b0f-9a42-000000000001', name: 'Sam', acts: 'own' };
export const ann: Actor = { id: '2f0f8d1a-14f3-4b0f-9a42-000000000002', name: 'Ann', acts: 'own' };
export const mia: Actor = { id: '2f0f8d1a-14f3-4b0f-9a42-000000000003', name: 'Mia', acts: 'any' };

export const policy: SignedPolicy = { id: 'sla-policy-1', document: defaultSlaPolicy };

/** An instant so many hours after nine in the morning, when every story begins. */
export const hour = (hours: number): string =>
  new Date(Date.parse('2026-01-05T09:00:00.000Z') + hours * 3_600_000).toISOString();

const person = ({ id, name }: Actor) => ({ id, name });

export const next = (seller: Actor | null, why = 'next in turn'): Next => ({
  seller: seller && person(seller),
  why,
  policy,
});

export const decider = {
  initial: openHandoff(
    '7d3a1f0e-95a5-4e43-8a5b-1c7b5b1e0c01',
    '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001',
    hour(0),
  ),
  decide,
  evolve,
};

/** A hand-off after these events. */
export const after = (...events: readonly HandoffEvent[]): Handoff => events.reduce(evolve, decider.initial);

export const clockDueAt = (now: string, seller?: Next): ClockDue => ({
  type: 'clock-due',
  now,
  ...(seller && { next: seller }),
});

const offering = (seller: Actor, at: string, why = 'next in turn') => ({
  at,
  seller: person(seller),
  policyId: policy.id,
  maxReassignments: policy.document.maxReassignments,
  clock: startClock('accept', at, policy.document.accept),
  why,
});

export const offered = (seller: Actor, at = hour(0)): HandoffEvent => ({
  type: 'offered',
  ...offering(seller, at),
});

export const reassigned = (from: Actor, to: Actor, at: string, by?: Actor): HandoffEvent => ({
  type: 'reassigned',
  from: person(from),
  ...offering(to, at),
  ...(by && { by: person(by) }),
});

export const onClock = (
  type: 'warned' | 'escalated' | 'breached',
  at: string,
  dueAt: string,
  clock: 'accept' | 'first-touch' = 'accept',
): HandoffEvent => ({ type, at, clock, dueAt });

export const accepted = (by: Actor, at: string): HandoffEvent => ({
  type: 'accepted',
  decision: { what: 'accepted', by: person(by), at },
  clock: startClock('first-touch', at, policy.document.firstTouch),
});

export const rejected = (by: Actor, at: string): HandoffEvent => ({
  type: 'rejected',
  decision: { what: 'rejected', by: person(by), at, reason: 'no-fit' },
  teaches: 'fit',
  outcome: 'disqualified',
});

export const attempted = (by: Actor, at: string, attempt = 1): HandoffEvent => ({
  type: 'attempted',
  attempt,
  channel: 'phone',
  outcome: 'no-answer',
  at,
  by: person(by),
});

export const bant = { budget: true, authority: true, need: true, timeline: false };

export const qualified = (by: Actor, at: string): HandoffEvent => ({
  type: 'qualified',
  decision: { what: 'qualified', by: person(by), at, bant },
});
