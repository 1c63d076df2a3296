import { describe, expect, it } from '@jest/globals';
import { Health } from './health.js';

describe('health', () => {
  it('says of each part whether it can do its work, and not why it cannot when the part only failed', async () => {
    const health = new Health();
    health.add('database', () =>
      Promise.reject(new Error('password authentication failed for user "shelf"')),
    );
    health.add('consumer', () => 'does not read');
    health.add('publisher', () => undefined);

    expect(await health.check()).toEqual({ database: 'failing', consumer: 'does not read', publisher: 'ok' });
  });

  it('answers although a part does not', async () => {
    const health = new Health(5);
    health.add('database', () => new Promise(() => undefined));

    expect(await health.check()).toEqual({ database: 'does not answer' });
  });
});
