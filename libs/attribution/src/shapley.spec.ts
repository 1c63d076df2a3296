import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluate, type Path } from './index.js';

const permutations = (keys: readonly string[]): string[][] =>
  keys.length === 0
    ? [[]]
    : keys.flatMap((key) =>
        permutations(keys.filter((other) => other !== key)).map((rest) => [key, ...rest]),
      );

/** The definition: the mean, over all orders in which the players can join, of the worth that a player adds by joining. */
const shapleyByDefinition = (paths: readonly Path[]): Record<string, number> => {
  const players = [...new Set(paths.flatMap(({ path }) => path))];
  const worth = (coalition: ReadonlySet<string>): number =>
    paths
      .filter(({ path }) => path.every((key) => coalition.has(key)))
      .reduce((sum, { conversions }) => sum + conversions, 0);
  const orders = permutations(players);
  const added = Object.fromEntries(players.map((key) => [key, 0]));
  for (const order of orders)
    order.forEach((key, i) => {
      added[key]! +=
        (worth(new Set(order.slice(0, i + 1))) - worth(new Set(order.slice(0, i)))) / orders.length;
    });
  return added;
};

describe('the Shapley model', () => {
  it('gives the values of the definition, for up to six keys', () => {
    const anyPaths = fc.array(
      fc.record({
        path: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1, maxLength: 7 }),
        conversions: fc.integer({ min: 0, max: 20 }),
      }),
      { minLength: 1, maxLength: 10 },
    );
    fc.assert(
      fc.property(anyPaths, (paths) => {
        const expected = shapleyByDefinition(paths);
        for (const { key, conversions } of evaluate({ model: 'shapley', paths }))
          expect(Math.abs(conversions - expected[key]!)).toBeLessThan(0.000_001_1);
      }),
      { numRuns: 40 },
    );
  });

  it('differs from linear only where a key repeats', () => {
    const credits = (model: 'linear' | 'shapley', path: string[]) =>
      evaluate({ model, paths: [{ path, conversions: 4 }] });
    expect(credits('shapley', ['a', 'b', 'c', 'd'])).toEqual(credits('linear', ['a', 'b', 'c', 'd']));
    expect(credits('linear', ['a', 'a', 'a', 'b'])).toEqual([
      { key: 'a', conversions: 3 },
      { key: 'b', conversions: 1 },
    ]);
    expect(credits('shapley', ['a', 'a', 'a', 'b'])).toEqual([
      { key: 'a', conversions: 2 },
      { key: 'b', conversions: 2 },
    ]);
  });
});
