import type { Outcome, Verdict } from './funnel.js';

/**
 * What sales last said of a lead; null: nothing, marketing has it. Times are ms since 1970.
 * `nobody`: out of the funnel since a rejection; it may come back from `until` on, never when that is null.
 */
export type Standing =
  | null
  | { readonly with: 'sales'; readonly verdicts: readonly Verdict[] }
  | {
      readonly with: 'nobody';
      readonly outcome: Outcome;
      readonly since: number;
      readonly until: number | null;
    };

const DAY = 86_400_000;
/** When neither the seller nor the funnel says how long a recycled lead is left alone. */
const REST_DAYS = 30;

/** Sales said something good. */
export const advanced = (standing: Standing, verdict: Verdict): Standing => {
  const before = standing?.with === 'sales' ? standing.verdicts : [];
  return { with: 'sales', verdicts: before.includes(verdict) ? before : [...before, verdict] };
};

interface Rejection {
  readonly outcome: Outcome;
  readonly at: number;
  /** The date the seller named. */
  readonly wakeAt?: number | undefined;
  readonly restDays?: number | undefined;
}

/** Sales said no: not now, with a date to look again, or never. */
export const rejected = ({ outcome, at, wakeAt, restDays = REST_DAYS }: Rejection): Standing => ({
  with: 'nobody',
  outcome,
  since: at,
  until: outcome === 'disqualified' ? null : (wakeAt ?? at + restDays * DAY),
});

/** Whether a lead that was sent back may be looked at again. */
export const mayWake = (standing: Standing, now: number): boolean =>
  standing?.with === 'nobody' && standing.until !== null && now >= standing.until;

/** A lead that may wake does so with the first thing it does after the rejection. */
export const afterActivity = (standing: Standing, occurredAt: number, now: number): Standing =>
  standing?.with === 'nobody' && mayWake(standing, now) && occurredAt >= standing.since ? null : standing;
