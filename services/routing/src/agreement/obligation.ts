import type { ClockName } from '@baton/contracts';
import { endingOf } from '../handoff/ending.js';
import { atOf, type HandoffEvent } from '../handoff/handoff-event.js';
import type { Attempt, Handoff } from '../handoff/handoff.js';
import { msOf, type Instant } from '../policy/duration.js';
import type { SalesPromises } from './agreement.js';
import type { Clause } from './clause.js';
import type { EntrySide } from './ledger-entry.js';

/** What sales has to do about a hand-off, and by when. */
export interface Obligation {
  readonly clause: Clause;
  /** See `LedgerEntry`. */
  readonly cause: string;
  readonly dueAt: Instant;
}

/** The clauses whose windows are clocks of the SLA policy. */
const CLAUSE_OF_CLOCK: Readonly<Record<ClockName, Clause>> = {
  accept: 'accept-in-time',
  'first-touch': 'first-touch-in-time',
};

/** What is due about a hand-off and not decided yet. What is overdue by its timer is still one of them. */
export const obligationsOf = (handoff: Handoff, sales: SalesPromises): readonly Obligation[] => [
  ...handoff.clocks
    .filter(({ metAt, breachedAt }) => metAt === undefined && breachedAt === undefined)
    .map(({ name, dueAt }) => obligation(CLAUSE_OF_CLOCK[name], handoff.offerNumber, dueAt)),
  ...afterAcceptance(handoff, sales),
];

const obligation = (clause: Clause, number: number, dueAt: Instant): Obligation => ({
  clause,
  cause: `${clause}/${number}`,
  dueAt,
});

const afterAcceptance = (handoff: Handoff, { attempts, followUp }: SalesPromises): Obligation[] => {
  const { status, verdict, offerNumber, attemptsBeforeOffer } = handoff;
  if (status !== 'accepted' || !verdict) return [];
  const made = handoff.attempts.filter(({ attempt }) => attempt > attemptsBeforeOffer);
  const last = made.at(-1);
  return [
    ...(made.some(isReached) || made.length >= attempts.atLeast
      ? []
      : [obligation('attempts', offerNumber, daysAfter(verdict.at, attempts.withinDays))]),
    ...(last && isReached(last)
      ? [obligation('follow-up', last.attempt, daysAfter(last.at, followUp.withinDays))]
      : []),
  ];
};

const isReached = ({ outcome }: Attempt): boolean => outcome === 'reached';

const daysAfter = (instant: Instant, amount: number): Instant =>
  instant + msOf({ amount, unit: 'days', calendar: 'elapsed' });

/** How an event decides an obligation that it ends; undefined when it falls away: nobody is to be credited or blamed. */
export const outcomeOf = (obligation: Obligation, event: HandoffEvent): EntrySide | undefined => {
  const { clause, dueAt } = obligation;
  // That a clock ran out is an event of its own, which comes before what a person decides late.
  if (isTimed(obligation) ? dueAt <= atOf(event) : event.type === 'breached') return 'debit';
  if (event.type === 'reassigned' || endingOf(event)) return undefined;
  if (event.type !== 'rejected') return 'credit';
  // Returned before it was tried often enough; and never touched, with time left.
  if (clause === 'attempts') return 'debit';
  return clause === 'first-touch-in-time' ? undefined : 'credit';
};

/** Whether the agreement's own timer says that it ran out, and no clock. */
export const isTimed = ({ clause }: Obligation): boolean => clause === 'attempts' || clause === 'follow-up';
