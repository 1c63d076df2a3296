export interface Repetition {
  readonly everyMs: number;
  readonly work: () => Promise<unknown>;
  /** Gets the fault of a call; the next call is made all the same. */
  readonly onFault: (err: unknown) => void;
}

/**
 * Calls `work` at an interval until `signal` aborts. A call is left out while the one before is running.
 * @returns resolves when no call is running
 */
export const repeat = (
  signal: AbortSignal,
  { everyMs, work, onFault }: Repetition,
): (() => Promise<void>) => {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= work()
      .then(() => undefined, onFault)
      .finally(() => (running = undefined));
  }, everyMs);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  return () => running ?? Promise.resolve();
};
