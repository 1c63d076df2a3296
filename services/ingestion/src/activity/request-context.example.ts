import { createHash, randomUUID } from 'node:crypto';
import type { RequestContext } from './request-context.js';

/** For specs: a request that source `website` sent at noon. */
export const requestContext = (overrides: Partial<RequestContext> = {}): RequestContext => ({
  sourceId: 'website',
  receivedAt: new Date('2026-01-05T12:00:00.000Z'),
  personAgents: [],
  prefetch: false,
  digest: (text) => createHash('sha256').update(text).digest('hex'),
  isBot: (userAgent) => /bot/i.test(userAgent),
  newId: randomUUID,
  ...overrides,
});
