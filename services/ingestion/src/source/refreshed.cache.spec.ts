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
});
