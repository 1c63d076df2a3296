import { setTimeout as pause } from 'node:timers/promises';

export interface EventuallyOptions {
  /** Milliseconds until it gives up. */
  readonly within?: number;
  /** Milliseconds between two tries. */
  readonly every?: number;
}

/**
 * Tries `assertion` until it holds and gives what it gives. When the time is over it fails with the message of the last try;
 * a try that hangs counts as failed.
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
