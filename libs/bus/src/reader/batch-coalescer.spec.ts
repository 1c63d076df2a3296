import { describe, expect, it } from '@jest/globals';
import { BatchCoalescer } from './batch-coalescer.js';
import type { PartitionBatch } from './partition-batch.js';

const batch = (partition: number, messages: number, bytes = 1): PartitionBatch => ({
  topic: 'activities',
  partition,
  from: 0n,
  messages: new Array<never>(messages).fill({ value: Buffer.alloc(bytes) } as never),
});

describe('batches that arrive together', () => {
  const coalesce = (concurrency: number, process?: (batches: readonly PartitionBatch[]) => Promise<void>) => {
    const seen: number[][] = [];
    let most = 0;
    let running = 0;
    const coalescer = new BatchCoalescer({
      limits: { messages: 100, bytes: 1_000 },
      concurrency,
      process: async (batches) => {
        seen.push(batches.map(({ partition }) => partition));
        most = Math.max(most, (running += 1));
        await process?.(batches);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return batches.map(({ partition }) => BigInt(partition));
      },
    });
    return { coalescer, seen, most: () => most };
  };

  it('share one transaction, and each gets the offset of its own partition', async () => {
    const { coalescer, seen } = coalesce(4);
    const next = await Promise.all([1, 2, 3].map((partition) => coalescer.add(batch(partition, 10))));

    expect(seen).toEqual([[1, 2, 3]]);
    expect(next).toEqual([1n, 2n, 3n]);
  });

  it('are divided once a transaction is full, no more running at a time than allowed', async () => {
    const { coalescer, seen, most } = coalesce(2);
    await Promise.all([1, 2, 3, 4, 5].map((partition) => coalescer.add(batch(partition, 60))));

    expect(seen).toEqual([[1, 2], [3, 4], [5]]);
    expect(most()).toBe(2);
  });

  it('are divided once a transaction has as many bytes', async () => {
    const { coalescer, seen } = coalesce(1);
    await Promise.all([1, 2, 3].map((partition) => coalescer.add(batch(partition, 5, 100))));

    expect(seen).toEqual([[1, 2], [3]]);
  });

  it('wait for the transaction before where one at a time is allowed, and are coalesced meanwhile', async () => {
    const { coalescer, seen } = coalesce(1);
    const first = coalescer.add(batch(1, 1));
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([first, coalescer.add(batch(2, 1)), coalescer.add(batch(3, 1))]);

    expect(seen).toEqual([[1], [2, 3]]);
  });

  it('fail together, and the next ones go on', async () => {
    let fail = true;
    const { coalescer } = coalesce(1, () => (fail ? Promise.reject(new Error('no')) : Promise.resolve()));
    const outcomes = await Promise.allSettled([coalescer.add(batch(1, 1)), coalescer.add(batch(2, 1))]);
    fail = false;

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(coalescer.add(batch(3, 1))).resolves.toBe(3n);
  });
});
