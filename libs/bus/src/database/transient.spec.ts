import { expect, it } from '@jest/globals';
import { backoffMs, isTransient } from './transient.js';

const coded = (code: string) => Object.assign(new Error('x'), { code });

it.each(['40001', '40P01', '55P03', '57P01', '08006', '53300', 'ECONNREFUSED', 'ECONNRESET'])(
  'tries %s again',
  (code) => {
    expect(isTransient(coded(code))).toBe(true);
    expect(isTransient(Object.assign(new Error('wrapped'), { driverError: coded(code) }))).toBe(true);
  },
);

it.each(['23505', '22P02', '42P01', 'EACCES'])('does not try %s again', (code) => {
  expect(isTransient(coded(code))).toBe(false);
});

it('tries again what a rule asks to try again and what lost its connection', () => {
  expect(isTransient(Object.assign(new Error('somebody was faster'), { retryable: true }))).toBe(true);
  expect(isTransient(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isTransient('a string')).toBe(false);
});

it('waits longer each time, never above two seconds', () => {
  expect([1, 2, 3, 20].map((attempt) => backoffMs(attempt, () => 1))).toEqual([50, 100, 200, 2_000]);
});
