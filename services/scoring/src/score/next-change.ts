/** First step, as a fraction of the shortest half-life. */
const FIRST_STEP = 1 / 16;
/** Horizon, in multiples of the longest half-life: after 20 a millionth is left, below any rounding. */
const HORIZON = 20;
const PRECISION_MS = 1_000;

export interface Decision {
  /** The current decision. */
  readonly now: string;
  /** The decision at a later instant (ms since 1970) if no activity arrives. */
  readonly at: (instant: number) => string;
  /** The decision changes at most once. */
  readonly onlyFalls: boolean;
}

/**
 * When decay alone next changes a decision: the first instant (ms since 1970, up to 1 s late) at which it differs from
 * `decision.now`; null when it never does.
 *
 * A decision that changes at most once is bisected between now and the horizon, in about thirty evaluations. Any other is
 * sampled at steps that double, and the first step that changed it is bisected. A change that reverts within one step is
 * missed: that takes negative points which decay across a threshold in both directions, and the next activity decides again.
 */
export const nextChange = (decision: Decision, now: number, halfLives: readonly number[]): number | null => {
  if (halfLives.length === 0) return null;
  const end = now + HORIZON * Math.max(...halfLives);
  if (decision.onlyFalls) return decision.at(Infinity) === decision.now ? null : bisect(decision, now, end);
  let before = now;
  for (let step = FIRST_STEP * Math.min(...halfLives); before < end; step *= 2) {
    const after = Math.min(end, now + step);
    if (decision.at(after) !== decision.now) return bisect(decision, before, after);
    before = after;
  }
  return null;
};

const bisect = (decision: Decision, from: number, to: number): number => {
  let [before, after] = [from, to];
  while (after - before > PRECISION_MS) {
    const middle = (before + after) / 2;
    if (decision.at(middle) === decision.now) before = middle;
    else after = middle;
  }
  return Math.ceil(after);
};
