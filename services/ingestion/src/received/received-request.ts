import type { ActivityRecordedV1, Violation } from '@baton/contracts';
import type { RobotReason } from '../activity/request-context.js';

/** How a request ended: every one ends in exactly one of these. */
export type Outcome = 'accepted' | 'refused' | 'limited' | 'failed';

/** What was understood of one message or form of a request. */
export interface ReceivedEntry {
  readonly activity?: ActivityRecordedV1;
  /** Why it was flagged as a robot's. */
  readonly robot?: RobotReason;
  /** Set once it was corrected: the activity as which it was published again. */
  readonly personActivityId?: string;
  /** Form fields and what they were taken for. */
  readonly fields?: readonly {
    readonly field: string;
    readonly target: string;
    readonly reason?: string | undefined;
  }[];
  /** Remarks for the owner of the source, in words. */
  readonly notes?: readonly string[];
  /** Why it was refused, with its place in the request. */
  readonly fault?: Violation;
  /** The message that was refused, as JSON; of a long one size and hash. */
  readonly message?: string;
}

/** A request of a known source, when its response is decided. */
export interface ReceivedRequest {
  readonly sourceId: string;
  readonly receivedAt: Date;
  /** Such as `POST /v1/batch`, `POST /f/contact-sales`. */
  readonly endpoint: string;
  readonly userAgent: string | undefined;
  readonly status: number;
  readonly acceptedEvents: number;
  readonly heldEvents: number;
  readonly refusedEvents: number;
  readonly flaggedEvents: number;
  /** Why all of it was refused. */
  readonly detail?: string | undefined;
  /** Made only for the requests that are kept. */
  readonly entries: () => readonly ReceivedEntry[];
}

/** Counts of one source and day (UTC). */
export interface ReceivedCounts {
  requests: number;
  acceptedRequests: number;
  refusedRequests: number;
  limitedRequests: number;
  failedRequests: number;
  acceptedEvents: number;
  heldEvents: number;
  releasedEvents: number;
  /** Held, and dropped instead of published: their persons were erased. */
  erasedEvents: number;
  refusedEvents: number;
  flaggedEvents: number;
}

export const noCounts = (): ReceivedCounts => ({
  requests: 0,
  acceptedRequests: 0,
  refusedRequests: 0,
  limitedRequests: 0,
  failedRequests: 0,
  acceptedEvents: 0,
  heldEvents: 0,
  releasedEvents: 0,
  erasedEvents: 0,
  refusedEvents: 0,
  flaggedEvents: 0,
});

/** The outcome of a response: redirects are those of an accepted form. */
export const outcomeOf = (status: number): Outcome => {
  if (status === 429) return 'limited';
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'accepted';
};

const REQUESTS_OF = {
  accepted: 'acceptedRequests',
  refused: 'refusedRequests',
  limited: 'limitedRequests',
  failed: 'failedRequests',
} as const satisfies Record<Outcome, keyof ReceivedCounts>;

/** Adds an ended request. Requests themselves are counted when they begin. */
export const countEnded = (counts: ReceivedCounts, request: ReceivedRequest): void => {
  counts[REQUESTS_OF[outcomeOf(request.status)]] += 1;
  counts.acceptedEvents += request.acceptedEvents;
  counts.heldEvents += request.heldEvents;
  counts.refusedEvents += request.refusedEvents;
  counts.flaggedEvents += request.flaggedEvents;
};

export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
