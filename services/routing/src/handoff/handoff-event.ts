import type { ClockName, Lesson, RejectOutcome } from '@baton/contracts';
import { after, meet, type Clock } from '../clock/sla-clock.js';
import type { Instant } from '../policy/duration.js';
import type { Attempt, Bant, Decision, Handoff, Person } from './handoff.js';

interface Offering {
  readonly at: Instant;
  readonly seller: Person;
  readonly policyId: string;
  readonly maxReassignments: number;
  readonly clock: Clock;
  readonly why: string;
}

interface OnClock {
  readonly at: Instant;
  readonly clock: ClockName;
  readonly dueAt: Instant;
}

/** What is published about a hand-off. */
export type PublishedEvent =
  | ({ readonly type: 'offered' } & Offering)
  | ({ readonly type: 'reassigned'; readonly from: Person; readonly by?: Person } & Offering)
  | ({ readonly type: 'warned' } & OnClock)
  /** `why` is set when this took the place of a reassignment: why nobody new got the lead. */
  | ({ readonly type: 'escalated'; readonly why?: string } & OnClock)
  | ({ readonly type: 'breached' } & OnClock)
  | { readonly type: 'accepted'; readonly decision: Decision; readonly clock: Clock }
  | {
      readonly type: 'rejected';
      readonly decision: Decision & { readonly reason: string };
      readonly teaches: Lesson;
      readonly outcome: RejectOutcome;
    }
  | ({ readonly type: 'attempted' } & Attempt)
  | { readonly type: 'qualified'; readonly decision: Decision & { readonly bant: Bant } };

/** What happens to a hand-off. `kept-waiting` stays in routing: there is no seller a reader could act on. */
export type HandoffEvent =
  PublishedEvent | { readonly type: 'kept-waiting'; readonly at: Instant; readonly why: string };

export const atOf = (event: HandoffEvent): Instant => ('decision' in event ? event.decision.at : event.at);

/** The hand-off after an event; each published one makes the next version. */
export const evolve = (handoff: Handoff, event: HandoffEvent): Handoff => {
  if (event.type === 'kept-waiting') return { ...handoff, why: event.why };
  return { ...changed(handoff, event), version: handoff.version + 1 };
};

const changed = (handoff: Handoff, event: PublishedEvent): Handoff => {
  switch (event.type) {
    case 'offered':
      return offered(handoff, event);
    case 'reassigned':
      return { ...offered(handoff, event), silences: event.by ? 0 : handoff.silences + 1 };
    case 'warned':
      return withClock(handoff, event.clock, (clock) => after(clock, 'warn'));
    case 'escalated':
      return escalated(handoff, event);
    case 'breached':
      return withClock(handoff, event.clock, (clock) => ({
        ...after(clock, 'breach'),
        breachedAt: event.at,
      }));
    case 'accepted':
      return {
        ...handoff,
        status: 'accepted',
        verdict: event.decision,
        clocks: [...met(handoff, event.decision.at), event.clock],
      };
    case 'rejected':
      return {
        ...handoff,
        status: 'rejected',
        verdict: event.decision,
        clocks: met(handoff, event.decision.at),
      };
    case 'attempted': {
      const { type: _, ...attempt } = event;
      const touched = withClock(handoff, 'first-touch', (clock) => meet(clock, event.at));
      return { ...touched, attempts: [...handoff.attempts, attempt] };
    }
    case 'qualified': {
      const qualification = event.decision;
      return { ...handoff, status: 'qualified', qualification, clocks: met(handoff, qualification.at) };
    }
  }
};

const offered = (handoff: Handoff, offering: Offering): Handoff => ({
  ...handoff,
  status: 'offered',
  seller: offering.seller,
  offer: handoff.offer + 1,
  offeredAt: offering.at,
  policyId: offering.policyId,
  maxReassignments: offering.maxReassignments,
  why: offering.why,
  avoid: [...new Set([...handoff.avoid, offering.seller.id])],
  escalation: undefined,
  clocks: [offering.clock],
});

const escalated = (handoff: Handoff, { at, clock, why }: OnClock & { readonly why?: string }): Handoff =>
  why === undefined
    ? withClock(handoff, clock, (running) => after(running, 'escalate'))
    : { ...withClock(handoff, clock, (running) => after(running, 'reassign')), escalation: { at, why } };

const met = (handoff: Handoff, now: Instant): readonly Clock[] =>
  handoff.clocks.map((clock) => meet(clock, now));

const withClock = (handoff: Handoff, name: ClockName, change: (clock: Clock) => Clock): Handoff => ({
  ...handoff,
  clocks: handoff.clocks.map((clock) => (clock.name === name ? change(clock) : clock)),
});
