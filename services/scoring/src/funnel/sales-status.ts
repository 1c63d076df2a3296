import type { Outcome, Verdict } from './funnel.js';

/**
 * Sales' last decision about a lead; null: none, the lead is marketing's. Times are ms since 1970.
 * `working`: accepted, and moved on by the verdicts listed.
 * `returned`: out of the funnel since a rejection; eligible again from `wakeAt`, never when that is null.
 */
export type SalesStatus =
  | null
  | { readonly state: 'working'; readonly verdicts: readonly Verdict[] }
  | {
      readonly state: 'returned';
      readonly outcome: Outcome;
      readonly rejectedAt: number;
      readonly wakeAt: number | null;
    };

const DAY_MS = 86_400_000;
/** Applies when neither the seller nor the funnel names a wake date. */
const DEFAULT_REST_DAYS = 30;

/** The status after a positive verdict. */
export const afterVerdict = (status: SalesStatus, verdict: Verdict): SalesStatus => {
  const before = status?.state === 'working' ? status.verdicts : [];
  return { state: 'working', verdicts: before.includes(verdict) ? before : [...before, verdict] };
};

interface Rejection {
  readonly outcome: Outcome;
  readonly at: number;
  /** The date the seller named. */
  readonly wakeAt?: number | undefined;
  readonly restDays?: number | undefined;
}

/** The status after a rejection: recycled with a wake date, or disqualified for good. */
export const afterRejection = ({
  outcome,
  at,
  wakeAt,
  restDays = DEFAULT_REST_DAYS,
}: Rejection): SalesStatus => ({
  state: 'returned',
  outcome,
  rejectedAt: at,
  wakeAt: outcome === 'disqualified' ? null : (wakeAt ?? at + restDays * DAY_MS),
});

/** Whether a rejected lead is eligible again. */
export const mayWake = (status: SalesStatus, now: number): boolean =>
  status?.state === 'returned' && status.wakeAt !== null && now >= status.wakeAt;

/** An eligible lead wakes with its first activity after the rejection. */
export const afterActivity = (status: SalesStatus, occurredAt: number, now: number): SalesStatus =>
  status?.state === 'returned' && mayWake(status, now) && occurredAt >= status.rejectedAt ? null : status;
