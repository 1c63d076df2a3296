import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allotted } from './allotment.js';

const allot = (shares: number[], total: number): number[] => [...allotted(Float64Array.from(shares), total)];

it.each<[number[], number, number[]]>([
  // The example of the method of the largest remainder in textbooks on apportionment: 100,000 votes, 10 seats.
  [[47_000, 16_000, 15_800, 12_000, 6_100, 3_100], 10, [5, 2, 1, 1, 1, 0]],
  [[1, 1, 1], 100, [34, 33, 33]],
  [[0.1, 0.2, 0.7], 10, [1, 2, 7]],
  [[0, 5, 0], 3, [0, 3, 0]],
  [[0, 0], 3, [0, 0]],
  [[], 0, []],
  [[1, 2], 0, [0, 0]],
])('%j of %i units', (shares, total, parts) => {
  expect(allot(shares, total)).toEqual(parts);
});

it('gives integers that sum to the total and are within a unit of the proportion', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1e15, noNaN: true }), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 0, max: 1_000_000_000_000_000 }),
      (shares, total) => {
        const sum = shares.reduce((so, share) => so + share, 0);
        fc.pre(sum > 1e-200);
        const parts = allot(shares, total);
        expect(parts.reduce((so, part) => so + part, 0)).toBe(total);
        for (const [i, part] of parts.entries()) {
          expect(Number.isInteger(part) && part >= 0).toBe(true);
          expect(Math.abs(part - (shares[i]! / sum) * total)).toBeLessThan(1 + total * 1e-14);
        }
      },
    ),
  );
});
