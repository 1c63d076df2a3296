import { expect, it } from '@jest/globals';
import { backoffMs, isTransient } from './transient.js';

const coded = (code: string) => Object.assign(new Error('x'), { code });

it.each([
  '40001',
  '40P01',
  '55P03',
  '57P01',
  '08006',
  '53300',
  '57014',
  '25006',
  'ECONNREFUSED',
  'ECONNRESET',
])('retries %s', (code) => {
  expect(isTransient(coded(code))).toBe(true);
  expect(isTransient(Object.assign(new Error('wrapped'), { driverError: coded(code) }))).toBe(true);
});

it.each(['23505', '22P02', '42P01', '53100', 'EACCES'])('does not retry %s', (code) => {
  expect(isTransient(coded(code))).toBe(false);
});

it('retries what a rule marks as retryable and what lost its connection', () => {
  expect(isTransient(Object.assign(new Error('another transaction was first'), { retryable: true }))).toBe(
    true,
  );
  expect(isTransient(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isTransient('a string')).toBe(false);
});

it('waits longer each time, never above two seconds', () => {
  expect([1, 2, 3, 20].map((attempt) => backoffMs(attempt, () => 1))).toEqual([50, 100, 200, 2_000]);
});
