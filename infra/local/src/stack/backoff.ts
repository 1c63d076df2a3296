/** After this uptime the restart count starts again at 1. */
export const RECOVERED_AFTER_MS = 30_000;

const MIN_DELAY_MS = 200;
const MAX_DELAY_MS = 10_000;

/** Milliseconds to wait before the restart number `restart` (from 1): 0.2 s, doubling, at most 10 s. */
export const restartDelay = (restart: number): number =>
  Math.min(MAX_DELAY_MS, MIN_DELAY_MS * 2 ** (restart - 1));

/** Number of consecutive restarts, including the one that follows an uptime of `ranFor` ms. */
export const restartsInARow = (before: number, ranFor: number): number =>
  ranFor >= RECOVERED_AFTER_MS ? 1 : before + 1;
