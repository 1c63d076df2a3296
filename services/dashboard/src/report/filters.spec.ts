import { describe, expect, it } from '@jest/globals';
import { oneOf, periodIn } from './filters.js';

const now = Date.parse('2026-11-28T12:00:00Z');
const period = (query: string) => periodIn(new URLSearchParams(query), now);

describe('the period in the address', () => {
  it.each([
    ['', { from: '2026-10-30' }],
    ['days=1', { from: '2026-11-28' }],
    ['days=x', { from: '2026-10-30' }],
    ['days=1000000', { from: '2016-12-01' }],
    ['from=2026-01-01&to=2026-01-31', { from: '2026-01-01', to: '2026-01-31' }],
    ['to=2026-01-31', { to: '2026-01-31' }],
    ['from=2026-01-01&days=5', { from: '2026-01-01' }],
  ])('%j is %j', (query, expected) => {
    expect(period(query)).toEqual(expected);
  });

  it('names one of the values offered', () => {
    expect(oneOf('b', ['a', 'b'])).toBe('b');
    expect(oneOf('moon', ['a', 'b'])).toBe('a');
    expect(oneOf(null, ['a', 'b'])).toBe('a');
  });
});
