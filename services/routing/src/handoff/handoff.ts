import type { AttemptChannel, AttemptOutcome } from '@baton/contracts';
import type { Clock } from '../clock/sla-clock.js';
import type { Instant } from '../policy/duration.js';

export interface Person {
  readonly id: string;
  readonly name: string;
}

export const BANT = ['budget', 'authority', 'need', 'timeline'] as const;

/** What sales found out about budget, authority, need and timeline. */
export type Bant = Readonly<Record<(typeof BANT)[number], boolean>>;

/** What somebody decided about the lead, for good. */
export interface Decision {
  readonly what: 'accepted' | 'rejected' | 'qualified';
  readonly by: Person;
  readonly at: Instant;
  readonly reason?: string;
  /** Stays in routing: the seller's own words may name people. */
  readonly note?: string;
  readonly wakeAt?: Instant;
  readonly bant?: Bant;
}

export interface Attempt {
  readonly attempt: number;
  readonly channel: AttemptChannel;
  readonly outcome: AttemptOutcome;
  readonly at: Instant;
  readonly by: Person;
}

export const STATUSES = ['waiting', 'offered', 'accepted', 'rejected', 'qualified'] as const;
export type Status = (typeof STATUSES)[number];

/** One lead handed to sales, from the first offer to the outcome. `waiting`: nobody could be offered it yet. */
export interface Handoff {
  readonly id: string;
  readonly leadId: string;
  readonly openedAt: Instant;
  readonly status: Status;
  /** Counts the events published about it. */
  readonly version: number;
  /** Whose it is; null only while waiting. */
  readonly seller: Person | null;
  /** How many sellers it was offered to. */
  readonly offer: number;
  readonly offeredAt?: Instant;
  /** The SLA policy the running offer began under. */
  readonly policyId?: string;
  /** How often silence may pass the running offer on, by that policy. */
  readonly maxReassignments: number;
  /** Why this seller, or why nobody. */
  readonly why: string;
  /** Sellers it does not go to by itself: they rejected this lead before, or had its offer. */
  readonly avoid: readonly string[];
  /** Reassignments by silence since a person last chose. */
  readonly silences: number;
  /** Set when silence brought nobody new and the manager must decide. */
  readonly escalation?: { readonly at: Instant; readonly why: string } | undefined;
  /** Those of the running offer. */
  readonly clocks: readonly Clock[];
  readonly attempts: readonly Attempt[];
  /** Accept or reject. */
  readonly verdict?: Decision;
  readonly qualification?: Decision;
}

/** A hand-off nobody has been offered yet. `avoid`: the sellers who rejected this lead before. */
export const openHandoff = (
  id: string,
  leadId: string,
  now: Instant,
  avoid: readonly string[] = [],
): Handoff => ({
  id,
  leadId,
  openedAt: now,
  status: 'waiting',
  version: 0,
  seller: null,
  offer: 0,
  why: '',
  avoid,
  silences: 0,
  maxReassignments: 0,
  clocks: [],
  attempts: [],
});

/** The statuses in which it still holds its lead: a lead has one such hand-off at most. */
export const OPEN: readonly Status[] = ['waiting', 'offered', 'accepted'];

/** The last word of a person. */
export const decisionOf = (handoff: Handoff): Decision | undefined =>
  handoff.qualification ?? handoff.verdict;

/** When its clocks have something to do next. */
export const nextDueAt = (handoff: Handoff): Instant | undefined =>
  handoff.clocks
    .flatMap((clock) => clock.ahead.slice(0, 1))
    .map((due) => due.at)
    .sort()[0];
