import type { ClockName, Lesson, RejectOutcome } from '@baton/contracts';
import { afterStep, meetClock, type SlaClock } from '../clock/sla-clock.js';
import type { Instant } from '../policy/duration.js';
import type { AssignmentDecision } from '../team/assignment-decision.js';
import type { Person } from '../team/team.js';
import { MAX_ATTEMPTS_KEPT, type Attempt, type Bant, type Decision, type Handoff } from './handoff.js';

/** An offer to one seller. */
export interface Offering {
  readonly at: Instant;
  readonly team: string;
  readonly seller: Person;
  readonly policyId: string;
  readonly maxReassignments: number;
  readonly clock: SlaClock;
  readonly why: string;
  /** Stored beside the hand-off, and in no event that is published. */
  readonly decision?: AssignmentDecision | undefined;
}

interface OnClock {
  readonly at: Instant;
  readonly clock: ClockName;
  readonly dueAt: Instant;
}

/** An event that is published. */
export type PublishedEvent =
  | ({ readonly type: 'offered' } & Offering)
  /** Without `by` and `isAway` the clock reassigned it. */
  | ({
      readonly type: 'reassigned';
      readonly from: Person;
      readonly by?: Person;
      /** The seller was away and had not touched it. */
      readonly isAway?: true;
    } & Offering)
  | ({ readonly type: 'warned' } & OnClock)
  /** `why` is set when this took the place of a reassignment: why no other seller got the lead. */
  | ({ readonly type: 'escalated'; readonly why?: string } & OnClock)
  | ({ readonly type: 'breached' } & OnClock)
  | { readonly type: 'retimed'; readonly at: Instant; readonly clock: SlaClock }
  | { readonly type: 'accepted'; readonly decision: Decision; readonly clock: SlaClock }
  | {
      readonly type: 'rejected';
      readonly decision: Decision & { readonly reason: string };
      readonly teaches: Lesson;
      readonly outcome: RejectOutcome;
    }
  | ({ readonly type: 'attempted' } & Attempt)
  | { readonly type: 'qualified'; readonly decision: Decision & { readonly bant: Bant } };

/** An event that stays here: no seller gains or loses the lead, and no clock changes. */
type UnpublishedEvent =
  | {
      readonly type: 'kept-waiting';
      readonly at: Instant;
      readonly why: string;
      readonly decision?: AssignmentDecision | undefined;
    }
  /** Its seller is of another team now, whose managers decide about it. */
  | { readonly type: 'team-changed'; readonly at: Instant; readonly team: string };

/** An event of a hand-off. */
export type HandoffEvent = PublishedEvent | UnpublishedEvent;

export const isPublished = (event: HandoffEvent): event is PublishedEvent =>
  event.type !== 'kept-waiting' && event.type !== 'team-changed';

export const atOf = (event: HandoffEvent): Instant => ('at' in event ? event.at : event.decision.at);

/** The hand-off after an event; each published one increases the version by 1. */
export const evolve = (handoff: Handoff, event: HandoffEvent): Handoff => {
  if (event.type === 'kept-waiting') return { ...handoff, why: event.why };
  if (event.type === 'team-changed') return { ...handoff, team: event.team };
  return { ...changed(handoff, event), version: handoff.version + 1 };
};

const changed = (handoff: Handoff, event: PublishedEvent): Handoff => {
  switch (event.type) {
    case 'offered':
      return offered(handoff, event);
    case 'reassigned':
      return {
        ...offered(handoff, event),
        autoReassignments: event.by ? 0 : handoff.autoReassignments + (event.isAway ? 0 : 1),
      };
    case 'warned':
      return withClock(handoff, event.clock, (clock) => afterStep(clock, 'warn'));
    case 'escalated':
      return escalated(handoff, event);
    case 'breached':
      return withClock(handoff, event.clock, (clock) => ({
        ...afterStep(clock, 'breach'),
        breachedAt: event.at,
      }));
    case 'retimed':
      return withClock(handoff, event.clock.name, () => event.clock);
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
    case 'attempted':
      return attempted(handoff, event);
    case 'qualified': {
      const qualification = event.decision;
      return { ...handoff, status: 'qualified', qualification, clocks: met(handoff, qualification.at) };
    }
  }
};

const offered = (handoff: Handoff, offering: Offering): Handoff => ({
  ...handoff,
  status: 'offered',
  team: offering.team,
  seller: offering.seller,
  offerNumber: handoff.offerNumber + 1,
  offeredAt: offering.at,
  attemptsBeforeOffer: handoff.attemptCount,
  policyId: offering.policyId,
  maxReassignments: offering.maxReassignments,
  why: offering.why,
  avoid: [...new Set([...handoff.avoid, offering.seller.id])],
  escalation: undefined,
  verdict: undefined,
  clocks: [offering.clock],
});

const escalated = (handoff: Handoff, { at, clock, why }: OnClock & { readonly why?: string }): Handoff =>
  why === undefined
    ? withClock(handoff, clock, (running) => afterStep(running, 'escalate'))
    : { ...withClock(handoff, clock, (running) => afterStep(running, 'reassign')), escalation: { at, why } };

const attempted = (
  handoff: Handoff,
  { type: _, ...attempt }: PublishedEvent & { type: 'attempted' },
): Handoff => ({
  ...withClock(handoff, 'first-touch', (clock) => meetClock(clock, attempt.at)),
  attemptCount: attempt.attempt,
  attempts: [...handoff.attempts, attempt].slice(-MAX_ATTEMPTS_KEPT),
});

const met = (handoff: Handoff, now: Instant): readonly SlaClock[] =>
  handoff.clocks.map((clock) => meetClock(clock, now));

const withClock = (handoff: Handoff, name: ClockName, change: (clock: SlaClock) => SlaClock): Handoff => ({
  ...handoff,
  clocks: handoff.clocks.map((clock) => (clock.name === name ? change(clock) : clock)),
});
