import { describe, expect, it } from '@jest/globals';
import { PasswordQueue } from './password-queue.cache.js';

/** As on a machine with three processors or more. */
class TwoAtATime extends PasswordQueue {
  protected override readonly maxRunning = 2;
}

describe('hashes of passwords', () => {
  /** Hashes that end when the spec says so. */
  const hashes = (count: number, queue: PasswordQueue = new TwoAtATime()) => {
    const running: (() => void)[] = [];
    const done = Array.from({ length: count }, (_, n) =>
      queue.inTurn(() => new Promise<number>((end) => running.push(() => end(n)))),
    );
    return { queue, running, done };
  };
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('run two at a time, in the order of their requests', async () => {
    const { running, done } = hashes(5);
    await settle();
    expect(running).toHaveLength(2);
    for (let ended = 1; ended <= 5; ended += 1) {
      running[ended - 1]!();
      await settle();
      expect(running).toHaveLength(Math.min(5, ended + 2));
    }
    expect(await Promise.all(done)).toEqual([0, 1, 2, 3, 4]);
  });

  it('are refused when their turn does not come in time, and the next has it then', async () => {
    class ImpatientQueue extends TwoAtATime {
      protected override readonly maxWaitMs = 1;
    }
    const { queue, running, done } = hashes(2, new ImpatientQueue());
    await expect(queue.inTurn(() => Promise.resolve(0))).rejects.toMatchObject({ code: 'too-many' });
    running.forEach((end) => end());
    await Promise.all(done);
    expect(await queue.inTurn(() => Promise.resolve(7))).toBe(7);
  });

  it('are refused when too many wait, and one that fails gives its place to the next', async () => {
    const { queue, running, done } = hashes(52);
    await settle();
    await expect(queue.inTurn(() => Promise.resolve(0))).rejects.toMatchObject({ code: 'too-many' });
    for (let n = 0; n < 52; n += 1) {
      running[n]!();
      await settle();
    }
    expect(await Promise.all(done)).toHaveLength(52);
    await expect(queue.inTurn(() => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory');
    expect(await Promise.all([1, 2, 3].map((n) => queue.inTurn(() => Promise.resolve(n))))).toEqual([
      1, 2, 3,
    ]);
  });
});
