import type { Instant } from '../policy/duration.js';
import type { Person } from '../team/team.js';

export const DEAL_STATUSES = ['open', 'won', 'lost', 'churned'] as const;
export type DealStatus = (typeof DEAL_STATUSES)[number];

/** Stages the board shows although no deal is in them. A deal's stage is any key; those of a CRM come as they are. */
export const DEAL_STAGES = ['discovery', 'proposal', 'negotiation'] as const;

/** An amount in units of the currency, with its ISO 4217 code. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** The decision that ended an open deal, or the customer's leaving. `by` is null when a CRM reported it. */
export interface DealDecision {
  readonly what: 'won' | 'lost' | 'churned';
  readonly by: Person | null;
  readonly at: Instant;
  readonly value?: Money;
  readonly reason?: string;
  readonly competitor?: string;
}

/** A request with an idempotency key that was carried out: the same key again changes nothing. */
export interface KeyedRequest {
  readonly key: string;
  /** Id of the person. */
  readonly by: string;
  /** What was requested, as JSON. */
  readonly content: string;
}

/** Requests kept with a deal, and so the idempotency keys it knows. */
export const MAX_REQUESTS_KEPT = 50;

/** The deal of a CRM or shop. */
export interface DealOrigin {
  readonly sourceId: string;
  readonly externalId: string;
  /** When the latest report was made there: an older one that arrives later changes nothing. */
  readonly reportedAt: Instant;
}

/** An opportunity and its amount. */
export interface Deal {
  readonly id: string;
  readonly leadId: string;
  /** The hand-off that led to it. */
  readonly handoffId?: string | undefined;
  /** Null when only the CRM knows. */
  readonly seller: Person | null;
  readonly origin?: DealOrigin | undefined;
  readonly status: DealStatus;
  readonly stage: string;
  readonly value?: Money | undefined;
  /** Number of events published about it; 0 before it is opened. */
  readonly version: number;
  readonly openedAt: Instant;
  /** The last one. */
  readonly decision?: DealDecision | undefined;
  readonly renewals: number;
  /** The last `MAX_REQUESTS_KEPT`, oldest first. */
  readonly requests: readonly KeyedRequest[];
}

export type NewDeal = Pick<Deal, 'id' | 'leadId' | 'handoffId' | 'seller' | 'origin'>;

/** A deal that is not opened yet. */
export const newDeal = (deal: NewDeal, now: Instant): Deal => ({
  ...deal,
  status: 'open',
  stage: '',
  version: 0,
  openedAt: now,
  renewals: 0,
  requests: [],
});

/** By how much a value grew; undefined unless both are of one currency and the second is greater. */
export const growthOf = (before: Money | undefined, after: Money): number | undefined =>
  before?.currency === after.currency && after.amount > before.amount
    ? after.amount - before.amount
    : undefined;

export const isSameMoney = (one: Money | undefined, other: Money | undefined): boolean =>
  one?.amount === other?.amount && one?.currency === other?.currency;
