import { Clock, DomainError } from '@baton/platform';
import { describe, expect, it } from '@jest/globals';
import { IngestionConfig } from '../ingestion.config.js';
import { RateLimits, rateLimitHeaders } from './rate-limits.cache.js';

const START = Date.parse('2026-01-05T12:00:00.000Z');

class SetClock extends Clock {
  time = START;
  override now(): Date {
    return new Date(this.time);
  }
}

const limitsOf = (settings: Partial<IngestionConfig>, clock = new SetClock()) => ({
  limits: new RateLimits(Object.assign(new IngestionConfig(), settings), clock),
  clock,
});
const refusedOf = async (limits: RateLimits, id: string, times: number): Promise<number> => {
  let refused = 0;
  for (let time = 0; time < times; time += 1)
    await limits.consume('form', id).catch((fault: unknown) => {
      expect(fault).toBeInstanceOf(DomainError);
      refused += 1;
    });
  return refused;
};

describe('a rate limit', () => {
  it('refuses what is over it until the window ends, for each key apart', async () => {
    const { limits, clock } = limitsOf({ limitPerForm: 3 });
    clock.time += 4_000;
    expect(await refusedOf(limits, 'a', 5)).toBe(2);
    expect(await refusedOf(limits, 'b', 3)).toBe(0);
    await expect(limits.consume('form', 'a')).rejects.toMatchObject({
      code: 'too-many',
      extra: { retryAfter: 6 },
    });
    clock.time += 6_000;
    expect(await refusedOf(limits, 'a', 3)).toBe(0);
  });

  it('is none when it is 0', async () => {
    const { limits } = limitsOf({ limitPerForm: 0 });
    expect(await limits.consume('form', 'a')).toBeUndefined();
  });

  it('holds for several processes together once they have exchanged their usage', async () => {
    const clock = new SetClock();
    const [first, second] = [
      limitsOf({ limitPerForm: 10 }, clock).limits,
      limitsOf({ limitPerForm: 10 }, clock).limits,
    ];
    const stored = new Map<string, number>();
    const exchange = async (limits: RateLimits) => {
      const totals = limits.takeUsage().map(({ key, points }) => {
        stored.set(key, (stored.get(key) ?? 0) + points);
        return { key, points: stored.get(key)! };
      });
      await limits.addShared(totals);
    };
    expect(await refusedOf(first, 'a', 6)).toBe(0);
    await exchange(first);
    expect(await refusedOf(second, 'a', 2)).toBe(0);
    await exchange(second);
    // 6 there and 2 here: 2 are left.
    expect(await refusedOf(second, 'a', 4)).toBe(2);
    expect(await refusedOf(second, 'b', 10)).toBe(0);
  });

  it('counts the keys of a flood together', async () => {
    const { limits } = limitsOf({ limitPerForm: 1_000 });
    let refused = 0;
    for (let id = 0; id < 52_000; id += 1)
      await limits.consume('form', String(id)).catch(() => (refused += 1));
    expect(refused).toBe(1_000);
  });
});

describe('the headers of a limit', () => {
  it('are of the one that is closest to its end', () => {
    expect(
      rateLimitHeaders([
        { kind: 'address', limit: 100, remaining: 50, seconds: 3 },
        undefined,
        { kind: 'source', limit: 1_000, remaining: 100, seconds: 3 },
      ]),
    ).toEqual({ 'ratelimit-policy': '"source";q=1000;w=10', ratelimit: '"source";r=100;t=3' });
    expect(rateLimitHeaders([undefined])).toEqual({});
  });
});
