import type { End, Outcome, Return, Verdict } from './funnel.js';

/** How and why sales gave a lead back. */
export interface ReturnReason {
  readonly on: Return;
  /** The code of the rejection, or the reason of the deal. */
  readonly reason: string | null;
  /** Key of the recycle rule that was applied. */
  readonly rule: string | null;
  /** To whom a deal was lost. */
  readonly competitor?: string;
  /** What the rule made of a lead that was recycled too often. */
  readonly limit?: End;
}

/**
 * Sales' last decision about a lead; null: none, the lead is marketing's. Times are ms since 1970.
 * `working`: accepted, and moved on by the verdicts listed.
 * `returned`: out of the funnel since a rejection; eligible again from `wakeAt`. Without it a recycled lead rests until it asks again,
 * and a disqualified one until a person reopens it.
 */
export type SalesStatus =
  | null
  | { readonly state: 'working'; readonly verdicts: readonly Verdict[] }
  | {
      readonly state: 'returned';
      readonly outcome: Outcome;
      readonly rejectedAt: number;
      readonly wakeAt: number | null;
      /** Absent in decisions older than the field. */
      readonly why?: ReturnReason;
    };

/** Why a lead came back that sales had given back. */
export const COMEBACKS = ['asked-again', 'rest-ended', 'reopened'] as const;
export type Comeback = (typeof COMEBACKS)[number];

/** How often a lead was recycled since its last won deal, and its last comeback (ms since 1970). */
export interface Recycling {
  readonly times: number;
  readonly back: { readonly why: Comeback; readonly at: number } | null;
}

export const NEVER_RECYCLED: Recycling = { times: 0, back: null };

/** The part of sales' decisions that the funnel changes. */
export interface SalesState {
  readonly salesStatus: SalesStatus;
  readonly recycling: Recycling;
}

/** The status after a positive verdict. */
export const afterVerdict = (status: SalesStatus, verdict: Verdict): SalesStatus => {
  const before = status?.state === 'working' ? status.verdicts : [];
  return { state: 'working', verdicts: before.includes(verdict) ? before : [...before, verdict] };
};

/** Whether the rest of a returned lead is over. */
export const mayWake = (status: SalesStatus, now: number): boolean =>
  status?.state === 'returned' && status.wakeAt !== null && now >= status.wakeAt;

/** The lead is marketing's again. */
export const comeBack = <State extends SalesState>(sales: State, why: Comeback, at: number): State => ({
  ...sales,
  salesStatus: null,
  recycling: { ...sales.recycling, back: { why, at } },
});

interface NewActivity {
  /** Time of occurrence, ms since 1970. */
  readonly at: number;
  readonly asks: boolean;
}

/**
 * A recycled lead comes back at once when it asks again, and after its rest with any activity since the rejection. The same object when
 * it does not.
 */
export const afterActivity = <State extends SalesState>(
  sales: State,
  activity: NewActivity,
  now: number,
): State => {
  const status = sales.salesStatus;
  if (status?.state !== 'returned' || activity.at < status.rejectedAt) return sales;
  if (status.outcome === 'recycled' && activity.asks) return comeBack(sales, 'asked-again', now);
  return mayWake(status, now) ? comeBack(sales, 'rest-ended', now) : sales;
};
