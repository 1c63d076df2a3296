import { useSyncExternalStore } from 'react';

/** Milliseconds the server's clock is ahead of this browser's; a countdown must not follow a laptop that is wrong. */
let skew = 0;

/** Learns the server's clock from an answer's `Date`; whole seconds, so small differences are left alone. */
export const noteServerTime = (date: string | null): void => {
  const at = date ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(at)) return;
  const seen = at + 500 - Date.now();
  skew = Math.abs(seen) < 1500 ? 0 : seen;
};

/** Now, by the server's clock, milliseconds since 1970. */
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

/** The time by the server's clock, milliseconds, moving once a `step`; one ticker serves the whole page. */
export const useNow = (step = 1000): number =>
  useSyncExternalStore(subscribe, () => Math.floor(serverNow() / step) * step);
