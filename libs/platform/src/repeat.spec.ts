import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { repeat } from './repeat.js';

const EVERY_MS = 1_000;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('repeated work', () => {
  it('never runs twice at a time, goes on after a fault, and ends with its signal', async () => {
    const stop = new AbortController();
    const faults: unknown[] = [];
    let calls = 0;
    let release: (() => void) | undefined;
    const idle = repeat(stop.signal, {
      everyMs: EVERY_MS,
      work: async () => {
        calls += 1;
        if (calls === 1) throw new Error('once');
        await new Promise<void>((resolve) => (release = resolve));
      },
      onFault: (err) => faults.push(err),
    });
    await jest.advanceTimersByTimeAsync(2 * EVERY_MS);
    expect(calls).toBe(2);
    expect(faults).toEqual([new Error('once')]);
    await jest.advanceTimersByTimeAsync(5 * EVERY_MS);
    expect(calls).toBe(2);
    stop.abort();
    release!();
    await idle();
    await jest.advanceTimersByTimeAsync(5 * EVERY_MS);
    expect(calls).toBe(2);
  });
});
