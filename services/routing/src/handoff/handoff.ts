import type { AttemptChannel, AttemptOutcome } from '@baton/contracts';
import type { SlaClock } from '../clock/sla-clock.js';
import type { Instant } from '../policy/duration.js';
import type { Pool } from '../team/pool.js';
import type { Person } from '../team/team.js';

export const BANT = ['budget', 'authority', 'need', 'timeline'] as const;

/** What sales found out about budget, authority, need and timeline. */
export type Bant = Readonly<Record<(typeof BANT)[number], boolean>>;

/** A final decision of a person about the lead. */
export interface Decision {
  readonly what: 'accepted' | 'rejected' | 'qualified';
  readonly by: Person;
  readonly at: Instant;
  readonly reason?: string;
  /** In no event and no history entry: the seller's own words may name people. */
  readonly note?: string;
  readonly wakeAt?: Instant;
  readonly bant?: Bant;
}

export interface Attempt {
  /** From 1. */
  readonly attempt: number;
  readonly channel: AttemptChannel;
  readonly outcome: AttemptOutcome;
  readonly at: Instant;
  readonly by: Person;
  /** The key of the request that logged it. */
  readonly idempotencyKey?: string;
}

/** Attempts kept with a hand-off, and so the idempotency keys it knows; older ones are in the history and in events. */
export const MAX_ATTEMPTS_KEPT = 50;

export const STATUSES = ['waiting', 'offered', 'accepted', 'rejected', 'qualified'] as const;
export type Status = (typeof STATUSES)[number];

/** One lead handed to sales, from the first offer to the outcome. `waiting`: no seller could be offered it yet. */
export interface Handoff {
  readonly id: string;
  readonly leadId: string;
  /** The team whose sellers it is offered to. */
  readonly team: string;
  readonly openedAt: Instant;
  readonly status: Status;
  /** Number of events published about it. */
  readonly version: number;
  /** Null only while it waits. */
  readonly seller: Person | null;
  /** 1 for the first offer. */
  readonly offerNumber: number;
  readonly offeredAt?: Instant;
  /** Definition id of the SLA policy the current offer runs under. */
  readonly policyId?: string;
  /** Max reassignments without a response, by that policy. */
  readonly maxReassignments: number;
  /** Why it was offered to this seller, or to none. */
  readonly why: string;
  /** Sellers it is not offered to in turn: they rejected this lead before, or had its offer. */
  readonly avoid: readonly string[];
  /** The pools that the routing rules named, in the order in which they are asked; absent: all sellers of the team. */
  readonly pools?: readonly Pool[];
  /** Reassignments by the clock since the last one by a person. */
  readonly autoReassignments: number;
  /** Set when the clock found no other seller and a manager must decide. */
  readonly escalation?: { readonly at: Instant; readonly why: string } | undefined;
  /** The clocks of the current offer. */
  readonly clocks: readonly SlaClock[];
  readonly attemptCount: number;
  /** Of these, made before the current offer, by another seller or by the same one: their instants may equal its acceptance's. */
  readonly attemptsBeforeOffer: number;
  /** The last `MAX_ATTEMPTS_KEPT`, oldest first. */
  readonly attempts: readonly Attempt[];
  /** Accepted or rejected. */
  readonly verdict?: Decision | undefined;
  readonly qualification?: Decision;
}

export interface OpenHandoff {
  readonly id: string;
  readonly leadId: string;
  readonly team: string;
  readonly now: Instant;
  /** The sellers who rejected this lead before. */
  readonly avoid?: readonly string[];
  readonly pools?: readonly Pool[];
}

/** A new hand-off, not offered yet. */
export const openHandoff = ({ id, leadId, team, now, avoid = [], pools }: OpenHandoff): Handoff => ({
  id,
  leadId,
  team,
  openedAt: now,
  status: 'waiting',
  version: 0,
  seller: null,
  offerNumber: 0,
  why: '',
  avoid,
  ...(pools && { pools }),
  autoReassignments: 0,
  maxReassignments: 0,
  clocks: [],
  attemptCount: 0,
  attemptsBeforeOffer: 0,
  attempts: [],
});

/** The pools that are of a team, by default its own: a reassignment asks them again. */
export const poolsOf = ({ team: own, pools = [] }: Handoff, team: string = own): readonly Pool[] => {
  const ofTeam = pools.filter((pool) => pool.team === team);
  return ofTeam.length > 0 ? ofTeam : [{ team }];
};

const OPEN: readonly Status[] = ['waiting', 'offered', 'accepted'];

/** Whether it still occupies its lead: a lead has at most one open hand-off. */
export const isOpen = ({ status }: Handoff): boolean => OPEN.includes(status);

/** The last decision of a person. */
export const decisionOf = (handoff: Handoff): Decision | undefined =>
  handoff.qualification ?? handoff.verdict;

/** When the first of its running clocks runs out, or ran out; undefined when none runs. */
export const runsOutAt = ({ clocks }: Handoff): Instant | undefined => {
  const due = clocks.filter(({ metAt }) => metAt === undefined).map(({ dueAt }) => dueAt);
  return due.length > 0 ? Math.min(...due) : undefined;
};

/** When a step of its clocks is due next. */
export const nextDueAt = (handoff: Handoff): Instant | undefined => {
  const due = handoff.clocks.flatMap(({ pendingSteps }) => pendingSteps.slice(0, 1)).map(({ at }) => at);
  return due.length > 0 ? Math.min(...due) : undefined;
};
