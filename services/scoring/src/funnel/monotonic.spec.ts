import { describe, expect, it } from '@jest/globals';
import { isMonotonic } from './monotonic.js';

const enough = { fact: 'points', atLeast: 50 };
const german = { fact: 'traits.country', isNot: 'DE' };

describe('a condition that more points can only make true', () => {
  it.each([
    [enough],
    [{ fact: 'fit', moreThan: 3 }],
    [{ all: [enough, { any: [german, { fact: 'consent', is: true }] }] }],
    [{ not: german }],
    [
      {
        all: [
          { fact: 'band', atMost: 2 },
          { fact: 'fitGrade', in: ['A', 'B'] },
        ],
      },
    ],
    [{ fact: 'band', lessThan: 3 }],
  ])('is %j', (condition) => {
    expect(isMonotonic(condition)).toBe(true);
  });

  it.each([
    [{ fact: 'points', atMost: 50 }],
    [{ fact: 'engagement', is: 5 }],
    [{ fact: 'grade', in: ['A', 'B'] }],
    [{ fact: 'cell', in: ['A1', 'A2'] }],
    [{ fact: 'band', atLeast: 2 }],
    [{ fact: 'band', is: 2 }],
    [{ all: [enough, { not: { any: [german, enough] } }] }],
  ])('is not %j', (condition) => {
    expect(isMonotonic(condition)).toBe(false);
  });
});
