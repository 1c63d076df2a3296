import { expect, it } from '@jest/globals';
import { isForwarded, kindIn } from './routes.js';

it.each([
  ['sla-policy', 'sla-policy'],
  ['sla-policy-3', 'sla-policy'],
  ['funnel-2/sign', 'funnel'],
  ['sla-policy-agreement', 'sla-policy-agreement'],
  ['', ''],
])('the kind in %s is %s', (path, kind) => {
  expect(kindIn(path)).toBe(kind);
});

it.each([
  ['/api/leads', true],
  ['/api/leads/7/score', true],
  ['/api/definitions/funnel', true],
  ['/api/leadsx', false],
  ['/api/users', false],
])('%s is forwarded: %s', (path, forwarded) => {
  expect(isForwarded(path)).toBe(forwarded);
});
