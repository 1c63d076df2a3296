/** Doubled steps begin at this part of the shortest half-life and end after this many of the longest. */
const FIRST_STEP = 1 / 16;
const LAST = 20;
/** Milliseconds: how late a change may be noticed. */
const PRECISION = 1_000;

/**
 * When time alone next changes a decision: the first instant (ms since 1970, up to 1 s late) at which `decisionAt` differs
 * from what it is `now`; null when it never will. After 20 half-lives a millionth is left, which no rounding shows.
 *
 * Scores fall smoothly, so the decision is looked at after steps that double, and the first step that changed it is
 * halved until it is shorter than a second: about forty looks. A change that reverts within one step is not seen;
 * this happens only where points that come back (negative ones fading) cross a threshold both ways, and
 * the next activity decides anew anyway.
 */
export const nextChange = (
  decisionAt: (instant: number) => string,
  now: number,
  halfLives: readonly number[],
): number | null => {
  if (halfLives.length === 0) return null;
  const decision = decisionAt(now);
  const end = now + LAST * Math.max(...halfLives);
  let before = now;
  for (let step = FIRST_STEP * Math.min(...halfLives); before < end; step *= 2) {
    const after = Math.min(end, now + step);
    if (decisionAt(after) !== decision) return bisect(decisionAt, decision, before, after);
    before = after;
  }
  return null;
};

const bisect = (
  decisionAt: (instant: number) => string,
  decision: string,
  from: number,
  to: number,
): number => {
  let [before, after] = [from, to];
  while (after - before > PRECISION) {
    const middle = (before + after) / 2;
    if (decisionAt(middle) === decision) before = middle;
    else after = middle;
  }
  return Math.ceil(after);
};
