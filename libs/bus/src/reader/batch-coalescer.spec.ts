import { describe, expect, it } from '@jest/globals';
import { Gathering } from './batch-coalescer.js';
import type { Slice } from './pipeline.js';

const slice = (partition: number, messages: number): Slice => ({
  topic: 'activities',
  partition,
  from: 0n,
  messages: new Array<never>(messages).fill({} as never),
});

describe('slices that arrive together', () => {
  const gather = (concurrency: number, process?: (slices: readonly Slice[]) => Promise<void>) => {
    const seen: number[][] = [];
    let most = 0;
    let running = 0;
    const gathering = new Gathering({
      messages: 100,
      concurrency,
      process: async (slices) => {
        seen.push(slices.map(({ partition }) => partition));
        most = Math.max(most, (running += 1));
        await process?.(slices);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return slices.map(({ partition }) => BigInt(partition));
      },
    });
    return { gathering, seen, most: () => most };
  };

  it('share one transaction, and each learns where its own partition goes on', async () => {
    const { gathering, seen } = gather(4);
    const next = await Promise.all([1, 2, 3].map((partition) => gathering.add(slice(partition, 10))));

    expect(seen).toEqual([[1, 2, 3]]);
    expect(next).toEqual([1n, 2n, 3n]);
  });

  it('are divided once a transaction is full, no more running at a time than allowed', async () => {
    const { gathering, seen, most } = gather(2);
    await Promise.all([1, 2, 3, 4, 5].map((partition) => gathering.add(slice(partition, 60))));

    expect(seen).toEqual([[1, 2], [3, 4], [5]]);
    expect(most()).toBe(2);
  });

  it('wait for the one before where one at a time is allowed, and gather meanwhile', async () => {
    const { gathering, seen } = gather(1);
    const first = gathering.add(slice(1, 1));
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([first, gathering.add(slice(2, 1)), gathering.add(slice(3, 1))]);

    expect(seen).toEqual([[1], [2, 3]]);
  });

  it('fail together, and the next ones go on', async () => {
    let fail = true;
    const { gathering } = gather(1, () => (fail ? Promise.reject(new Error('no')) : Promise.resolve()));
    const outcomes = await Promise.allSettled([gathering.add(slice(1, 1)), gathering.add(slice(2, 1))]);
    fail = false;

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(gathering.add(slice(3, 1))).resolves.toBe(3n);
  });
});
