/** A process that ran this long (ms) has recovered: the next fault counts as the first. */
export const recoveredAfter = 30_000;

const first = 200;
const longest = 10_000;

/** Milliseconds to wait before the restart number `restart` (from 1): 0.2 s, doubling, at most 10 s. */
export const restartDelay = (restart: number): number => Math.min(longest, first * 2 ** (restart - 1));

/** How many restarts in a row there were, with the one that follows a run of `ranFor` ms. */
export const restartsInARow = (before: number, ranFor: number): number =>
  ranFor >= recoveredAfter ? 1 : before + 1;
