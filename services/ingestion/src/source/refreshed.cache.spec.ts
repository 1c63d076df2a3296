import { createLogger, Shutdown } from '@baton/platform';
import { eventually } from '@baton/testing';
import { describe, expect, it } from '@jest/globals';
import { RefreshedCache } from './refreshed.cache.js';

describe('a small table in memory', () => {
  it('is read again without being used, so that the first use after a quiet time finds no deleted row', async () => {
    const shutdown = new Shutdown();
    let rows = ['deleted later'];
    let reads = 0;
    const cache = new RefreshedCache(
      () => {
        reads += 1;
        return Promise.resolve(rows);
      },
      shutdown,
      await createLogger({ name: 'spec', level: 'silent' }),
    );
    await cache.refreshed();
    rows = [];
    await eventually(() => expect(reads).toBeGreaterThan(1));
    expect(cache.content).toEqual([]);
    shutdown.begin();
  });

  it('is never that of a read which began before another one and ended after it', async () => {
    const shutdown = new Shutdown();
    const reads: ((row: string) => void)[] = [];
    const cache = new RefreshedCache(
      () => new Promise<string>((resolve) => reads.push(resolve)),
      shutdown,
      await createLogger({ name: 'spec', level: 'silent' }),
    );
    const slow = cache.refreshed();
    await eventually(() => expect(reads).toHaveLength(1));
    const fast = cache.refreshed();
    await eventually(() => expect(reads).toHaveLength(2));
    reads[1]!('revoked');
    expect(await fast).toBe('revoked');
    reads[0]!('in force');
    await slow;
    expect(cache.content).toBe('revoked');
    shutdown.begin();
  });
});
