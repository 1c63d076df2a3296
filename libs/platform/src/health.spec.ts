import { describe, expect, it } from '@jest/globals';
import { Health } from './health.js';

describe('Health', () => {
  it('reports each check with its reason and detail, and hides the message of an exception', async () => {
    const health = new Health();
    health.add('database', () =>
      Promise.reject(new Error('password authentication failed for user "shelf"')),
    );
    health.add('publisher', () => undefined);
    health.add('reader leads', () => 'blocked: a column is missing');
    health.add('outbox', () => Promise.resolve({ detail: { rows: 3 } }));
    health.add('timers', () => ({ reason: 'timers of kind decay are overdue', detail: { decay: 61 } }));

    expect(await health.report()).toEqual({
      database: { status: 'failing', reason: 'failing' },
      publisher: { status: 'ok' },
      'reader leads': { status: 'failing', reason: 'blocked: a column is missing' },
      outbox: { status: 'ok', detail: { rows: 3 } },
      timers: { status: 'failing', reason: 'timers of kind decay are overdue', detail: { decay: 61 } },
    });
  });

  it('answers within a second while a check hangs, and does not start that check again', async () => {
    const health = new Health();
    let starts = 0;
    health.add('database', () => {
      starts += 1;
      return new Promise(() => undefined);
    });
    const startedAt = Date.now();
    const noAnswer = { database: { status: 'failing', reason: 'no answer' } };

    expect(await Promise.all([health.report(), health.report()])).toEqual([noAnswer, noAnswer]);
    expect(Date.now() - startedAt).toBeLessThan(1_000);
    expect(starts).toBe(1);
  });
});
