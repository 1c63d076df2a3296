import { setTimeout as pause } from 'node:timers/promises';

export interface EventuallyOptions {
  /** Timeout, ms. */
  readonly within?: number;
  /** Pause between two tries, ms. */
  readonly every?: number;
}

/**
 * Repeats `assertion` until it does not throw and returns its result. A try that does not end counts as failed.
 * @throws Error after the timeout, with the message and cause of the last try
 */
export const eventually = async <Result>(
  assertion: () => Result | Promise<Result>,
  { within = 30_000, every = 25 }: EventuallyOptions = {},
): Promise<Result> => {
  const deadline = performance.now() + within;
  let last: unknown = new Error('the first try has not ended');
  for (;;) {
    const overdue = new AbortController();
    const left = Math.max(0, deadline - performance.now());
    try {
      return await Promise.race([
        (async () => assertion())(),
        pause(left + 50, undefined, overdue).then(() =>
          Promise.reject(new Error(`a try hung; before it: ${messageOf(last)}`)),
        ),
      ]);
    } catch (fault) {
      last = fault;
    } finally {
      overdue.abort();
    }
    if (performance.now() + every > deadline) {
      throw new Error(`not so within ${within} ms: ${messageOf(last)}`, { cause: last });
    }
    await pause(every);
  }
};

const messageOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));
