import { expect, it } from '@jest/globals';
import { destinationOf } from './destination.js';

it.each([
  ['/api/leads/search', 'scoring'],
  ['/api/definitions/scoring-model', 'scoring'],
  ['/api/definitions/funnel-2/sign', 'scoring'],
  ['/api/definitions/sla-policy', 'routing'],
  ['/api/definitions/sla-policy-3/sign', 'routing'],
  ['/api/definitions/sla-policyx', 'scoring'],
  ['/api/handoffs', 'routing'],
  ['/api/live', 'reporting'],
  ['/api/forms', 'ingestion'],
  ['/api/leadsx', undefined],
  ['/api/me', undefined],
  ['/', undefined],
])('%s is answered by %s', (path, service) => {
  expect(destinationOf(path)).toBe(service);
});
