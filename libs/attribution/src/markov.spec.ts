import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluate, type Path } from './index.js';
import { removalEffects } from './markov.js';
import { markovChain } from './markov-chain.js';
import { JourneysBuilder, type Journeys } from './journeys.js';
import { removalByPropagation } from './removal-by-propagation.js';
import { finished } from './steps.js';

const END = 'end';
const journeysOf = (paths: readonly Path[]): Journeys => {
  const builder = new JourneysBuilder();
  paths.forEach((path) => builder.add(path));
  return finished(builder.built());
};

type Chances = Map<string, number>;

/** Transitions as the definition has them: states are texts, START and both ends are states like others. */
const transitionsOf = (paths: readonly Path[], order: number): Map<string, Chances> => {
  const counts = new Map<string, Chances>();
  const count = (from: string, to: string, journeys: number): void => {
    const row = counts.get(from) ?? new Map<string, number>();
    if (journeys > 0) counts.set(from, row.set(to, (row.get(to) ?? 0) + journeys));
  };
  for (const { path, conversions, nulls = 0 } of paths) {
    const states = path.map((_, i) => `|${path.slice(Math.max(0, i - order + 1), i + 1).join('|')}|`);
    ['start', ...states].forEach((from, i) => {
      if (i < states.length) return count(from, states[i]!, conversions + nulls);
      count(from, 'conversion', conversions);
      count(from, END, nulls);
    });
  }
  return counts;
};

/** Probability of a conversion by moving all probability one step at a time until less than 1e-15 is under way. */
const conversionProbability = (counts: Map<string, Chances>, removed?: string): number => {
  let now: Chances = new Map([['start', 1]]);
  let converted = 0;
  for (let steps = 0; steps < 100_000 && [...now.values()].reduce((a, b) => a + b, 0) > 1e-15; steps += 1) {
    const next: Chances = new Map();
    for (const [state, probability] of now) {
      const row = counts.get(state) ?? new Map<string, number>();
      const all = [...row.values()].reduce((a, b) => a + b, 0);
      for (const [to, weight] of row) {
        if (to === END || (removed !== undefined && to.includes(`|${removed}|`))) continue;
        const moved = (probability * weight) / all;
        if (to === 'conversion') converted += moved;
        else next.set(to, (next.get(to) ?? 0) + moved);
      }
    }
    now = next;
  }
  return converted;
};

const effectsByDefinition = (paths: readonly Path[], order: number): Record<string, number> => {
  const counts = transitionsOf(paths, order);
  const all = conversionProbability(counts);
  const keys = [...new Set(paths.flatMap(({ path }) => path))].sort();
  return Object.fromEntries(
    keys.map((key) => [key, all === 0 ? 0 : 1 - conversionProbability(counts, key) / all]),
  );
};

const effectsOf = (paths: readonly Path[], order: number): Record<string, number> => {
  const journeys = journeysOf(paths);
  const effects = finished(removalEffects(journeys, order));
  return Object.fromEntries(journeys.keys.map((key, i) => [key, effects[i]!]));
};

const expectClose = (found: Record<string, number>, expected: Record<string, number>): void => {
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [key, effect] of Object.entries(expected)) expect(found[key]).toBeCloseTo(effect, 9);
};

const anyPaths = fc.array(
  fc.record({
    path: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 8 }),
    conversions: fc.integer({ min: 0, max: 20 }),
    nulls: fc.integer({ min: 0, max: 50 }),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('removal effects', () => {
  it.each([1, 2, 3])('of order %i are those of the definition', (order) => {
    fc.assert(
      fc.property(anyPaths, (paths) =>
        expectClose(effectsOf(paths, order), effectsByDefinition(paths, order)),
      ),
      { numRuns: 150 },
    );
  });

  it('of order 1 are the same by propagation as by the inverse', () => {
    fc.assert(
      fc.property(anyPaths, (paths) => {
        const journeys = journeysOf(paths);
        if (!paths.some(({ conversions }) => conversions > 0)) return;
        const propagated = finished(
          removalByPropagation(finished(markovChain(journeys, 1)), journeys.keys.length),
        );
        const inverse = finished(removalEffects(journeys, 1));
        propagated.forEach((effect, i) => expect(effect).toBeCloseTo(inverse[i]!, 10));
      }),
    );
  });

  const alternating = Array.from({ length: 900 }, (_, i) => (i % 2 ? 'b' : 'a'));
  it.each<[string, Path[]]>([
    ['a key that repeats', [{ path: ['a', 'a', 'a', 'b'], conversions: 1, nulls: 2 }]],
    ['a long repetition', [{ path: Array.from({ length: 900 }, () => 'a'), conversions: 1, nulls: 1 }]],
    [
      'a long alternation',
      [
        { path: alternating, conversions: 1, nulls: 3 },
        { path: ['c'], conversions: 1 },
      ],
    ],
    [
      'paths of one touch',
      [
        { path: ['a'], conversions: 1 },
        { path: ['b'], conversions: 3, nulls: 1 },
      ],
    ],
    [
      'a key that never leads on',
      [
        { path: ['a'], conversions: 1 },
        { path: ['a', 'b'], conversions: 0, nulls: 9 },
      ],
    ],
    [
      'two parts without a connection',
      [
        { path: ['a', 'b'], conversions: 2 },
        { path: ['c', 'd'], conversions: 0, nulls: 5 },
      ],
    ],
    [
      'a path without journeys',
      [
        { path: ['a'], conversions: 1 },
        { path: ['z', 'a'], conversions: 0 },
      ],
    ],
    [
      'conversions only',
      [
        { path: ['a', 'b'], conversions: 5 },
        { path: ['b'], conversions: 5 },
      ],
    ],
    [
      'a path whose conversions take several sweeps to reach the start',
      [
        { path: ['a', 'c', 'd', 'a'], conversions: 0, nulls: 1 },
        { path: ['a'], conversions: 1_000_000 },
        { path: ['d', 'a', 'c'], conversions: 1, nulls: 1_000_000 },
      ],
    ],
    ['nulls only', [{ path: ['a', 'b'], conversions: 0, nulls: 5 }]],
  ])('are those of the definition for %s', (_, paths) => {
    for (const order of [1, 2, 3]) expectClose(effectsOf(paths, order), effectsByDefinition(paths, order));
  });

  it('are exactly none for a key from which nothing converts', () => {
    const paths = [
      { path: ['a', 'b'], conversions: 7, nulls: 3 },
      { path: ['a', 'x', 'y'], conversions: 0, nulls: 11 },
    ];
    for (const order of [1, 2, 3]) expect(effectsOf(paths, order)).toMatchObject({ x: 0, y: 0 });
  });

  it('of a higher order know which touch came before', () => {
    const paths = [
      { path: ['a', 'b'], conversions: 10 },
      { path: ['c', 'b'], conversions: 0, nulls: 10 },
    ];
    // To order 1 journeys from c convert by b as well.
    expect(effectsOf(paths, 1)).toEqual({ a: 0.5, b: 1, c: 0.5 });
    expect(effectsOf(paths, 2)).toEqual({ a: 1, b: 1, c: 0 });
  });
});

describe('limits', () => {
  it('refuse a matrix that is too large', () => {
    const paths = Array.from({ length: 1_001 }, (_, i) => ({ path: [`k${i}`], conversions: 1 }));
    expect(() => evaluate({ model: 'markov', paths })).toThrow('/paths have more than 1000 distinct keys');
    expect(evaluate({ model: 'markov', options: { order: 2 }, paths })).toHaveLength(1_001);
  });

  it('refuse sweeps without end', () => {
    // A long path through many states: its probability takes many sweeps to reach the end.
    const path = Array.from({ length: 1_000 }, (_, i) => `k${Math.floor((i * i * 0.618_034) % 50)}`);
    const journeys = journeysOf([{ path, conversions: 1, nulls: 1 }]);
    const chain = finished(markovChain(journeys, 2));
    expect(() => finished(removalByPropagation(chain, journeys.keys.length, 3_000_000))).toThrow(
      '/options/order takes too long',
    );
  });

  it('refuse more states than 50,000', () => {
    const paths = Array.from({ length: 60_000 }, (_, i) => ({
      path: [`k${i % 245}`, `k${Math.floor(i / 245)}`],
      conversions: 1,
    }));
    expect(() => evaluate({ model: 'markov', options: { order: 2 }, paths })).toThrow(
      '/options/order makes more',
    );
    expect(evaluate({ model: 'markov', paths })).toHaveLength(245);
  });
});
