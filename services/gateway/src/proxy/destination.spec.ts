import { expect, it } from '@jest/globals';
import { PASSAGES, upstreamOf } from './destination.js';

const definitions = PASSAGES.find(({ prefix }) => prefix === '/api/definitions')!;

it.each([
  ['scoring-model', 'scoring'],
  ['funnel-2/sign', 'scoring'],
  ['sla-policy', 'routing'],
  ['sla-policy-3', 'routing'],
  ['sla-policy-3/sign', 'routing'],
  ['sla-policyx', 'scoring'],
  ['sla-policy-agreement', 'scoring'],
  ['', 'scoring'],
])('the definition %s is answered by %s', (rest, service) => {
  expect(upstreamOf(definitions, rest)).toBe(service);
});

it('only definitions are divided', () => {
  const others = PASSAGES.filter((passage) => passage !== definitions);
  expect(others.filter((passage) => upstreamOf(passage, 'sla-policy') !== passage.upstream)).toEqual([]);
});
