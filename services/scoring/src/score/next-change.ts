/** Doubled steps begin at this part of the shortest half-life and end after this many of the longest. */
const FIRST_STEP = 1 / 16;
const LAST = 20;
/** Milliseconds: how late a change may be noticed. */
const PRECISION = 1_000;

export interface Decision {
  /** What is decided now. */
  readonly now: string;
  /** What will be decided at an instant, ms since 1970, if nothing but time passes. */
  readonly at: (instant: number) => string;
  /** It only falls, and never comes back. */
  readonly onlyFalls: boolean;
}

/**
 * When time alone next changes a decision: the first instant (ms since 1970, up to 1 s late) at which it differs from what
 * it is `now`; null when it never will. After 20 half-lives a millionth is left, which no rounding shows.
 *
 * A decision that only falls differs at the end of time or never, and half the time left is halved until it is shorter than a
 * second: some thirty looks. Any other is looked at after steps that double, and the first step that changed it is halved. A
 * change that reverts within one such step is not seen: points that come back (negative ones fading) would have to cross
 * a threshold both ways, and the next activity decides anew anyway.
 */
export const nextChange = (decision: Decision, now: number, halfLives: readonly number[]): number | null => {
  if (halfLives.length === 0) return null;
  const end = now + LAST * Math.max(...halfLives);
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
  while (after - before > PRECISION) {
    const middle = (before + after) / 2;
    if (decision.at(middle) === decision.now) before = middle;
    else after = middle;
  }
  return Math.ceil(after);
};
