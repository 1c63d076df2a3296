import { describe, expect, it } from '@jest/globals';
import { createLogger } from './log/logger.js';
import { Disposables } from './disposables.js';

describe('Disposables', () => {
  it('closes each resource once, in reverse order, although one fails', async () => {
    const disposables = new Disposables(await createLogger({ name: 'shelf', level: 'silent' }));
    const closed: string[] = [];
    disposables.add('database', () => Promise.resolve(closed.push('database')));
    disposables.add('outbox', () => Promise.reject(new Error('stuck')));
    disposables.add('http', () => Promise.resolve(closed.push('http')));
    await Promise.all([disposables.close(), disposables.close()]);
    await disposables.close();

    expect(closed).toEqual(['http', 'database']);
  });
});
