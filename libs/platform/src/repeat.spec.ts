import { eventually } from '@baton/testing';
import { describe, expect, it } from '@jest/globals';
import { repeat } from './repeat.js';

describe('repeated work', () => {
  it('never runs twice at a time, goes on after a fault, and ends with its signal', async () => {
    const stop = new AbortController();
    const faults: unknown[] = [];
    let calls = 0;
    let release: (() => void) | undefined;
    const idle = repeat(stop.signal, {
      everyMs: 1,
      work: async () => {
        calls += 1;
        if (calls === 1) throw new Error('once');
        await new Promise<void>((resolve) => (release = resolve));
      },
      onFault: (err) => faults.push(err),
    });
    await eventually(() => expect(calls).toBe(2));
    expect(faults).toEqual([new Error('once')]);
    // Timers of the same length fire in their order: the interval has passed several times after these.
    for (let time = 0; time < 5; time += 1) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(calls).toBe(2);
    stop.abort();
    release!();
    await idle();
    for (let time = 0; time < 5; time += 1) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(calls).toBe(2);
  });
});
