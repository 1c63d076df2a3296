import { useSyncExternalStore } from 'react';

/** Milliseconds by which the server's clock is ahead of the browser's: countdowns must not depend on a wrong local clock. */
let skew = 0;

/** Sets the clock offset from a response's `Date`, which has whole seconds: small differences are ignored. */
export const syncServerClock = (date: string | null): void => {
  const at = date ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(at)) return;
  const offset = at + 500 - Date.now();
  skew = Math.abs(offset) < 1500 ? 0 : offset;
};

/** Current time on the server's clock, ms since 1970. */
export const serverNow = (): number => Date.now() + skew;

const listeners = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  ticking ??= setInterval(() => listeners.forEach((each) => each()), 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
};

/**
 * Current time on the server's clock, ms: renders again every `step` ms, by one timer for the whole page. Rendered for another reason,
 * it is the time of then, so that what has just been ended is over.
 */
export const useNow = (step = 1000): number => {
  useSyncExternalStore(subscribe, () => Math.floor(serverNow() / step));
  return serverNow();
};
