import { describe, expect, it } from '@jest/globals';
import { createLogger } from './log/logger.js';
import { Openings } from './disposables.js';

describe('what a start has opened', () => {
  it('is closed once, in the reverse order, although one part fails', async () => {
    const openings = new Openings(await createLogger({ name: 'shelf', level: 'silent' }));
    const closed: string[] = [];
    openings.add('database', () => Promise.resolve(closed.push('database')));
    openings.add('outbox', () => Promise.reject(new Error('stuck')));
    openings.add('http', () => Promise.resolve(closed.push('http')));
    await Promise.all([openings.close(), openings.close()]);
    await openings.close();

    expect(closed).toEqual(['http', 'database']);
  });
});
