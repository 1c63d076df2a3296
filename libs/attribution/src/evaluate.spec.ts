import { describe, expect, it } from '@jest/globals';
import { evaluate, finished, JourneysBuilder, type Model, type Options, type Path } from './index.js';

/** Conversions of each key. */
const creditsOf = (model: Model, paths: readonly Path[], options: Options = {}): Record<string, number> =>
  Object.fromEntries(evaluate({ model, options, paths }).map(({ key, conversions }) => [key, conversions]));
const one = (path: string, more: Partial<Path> = {}): Path => ({
  path: path.split(' '),
  conversions: 1,
  ...more,
});

describe('a path of one, two, three and more touches', () => {
  it.each<[Model, Options, string, Record<string, number>]>([
    ['first', {}, 'a b c', { a: 1, b: 0, c: 0 }],
    ['last', {}, 'a b c', { a: 0, b: 0, c: 1 }],
    ['last-non-direct', {}, 'a b direct direct', { a: 0, b: 1, direct: 0 }],
    ['last-non-direct', {}, 'a (Direct)', { a: 1, '(Direct)': 0 }],
    ['last-non-direct', {}, 'direct', { direct: 1 }],
    ['last-non-direct', { directKeys: ['none'] }, 'a direct None', { a: 0, direct: 1, None: 0 }],
    ['linear', {}, 'a b a d', { a: 0.5, b: 0.25, d: 0.25 }],
    ['shapley', {}, 'a b a d', { a: 0.333334, b: 0.333333, d: 0.333333 }],
    ['position', {}, 'a', { a: 1 }],
    ['position', {}, 'a b', { a: 0.5, b: 0.5 }],
    ['position', {}, 'a b c', { a: 0.4, b: 0.2, c: 0.4 }],
    // The position-based model of Google Analytics: 40 % first, 40 % last, 20 % between.
    ['position', {}, 'a b c d', { a: 0.4, b: 0.1, c: 0.1, d: 0.4 }],
    ['position', { shape: 'w' }, 'a b', { a: 0.5, b: 0.5 }],
    ['position', { shape: 'w' }, 'a b c', { a: 0.333334, b: 0.333333, c: 0.333333 }],
    // W-shaped as vendors define it: three times 30 %, 10 % for the rest.
    ['position', { shape: 'w' }, 'a b c d e', { a: 0.3, b: 0.05, c: 0.3, d: 0.05, e: 0.3 }],
    ['position', { shape: 'full-path' }, 'a b c', { a: 0.333334, b: 0.333333, c: 0.333333 }],
    ['position', { shape: 'full-path' }, 'a b c d', { a: 0.25, b: 0.25, c: 0.25, d: 0.25 }],
    // Full path as vendors define it: four times 22.5 %, 10 % for the rest.
    ['position', { shape: 'full-path' }, 'a b c d e', { a: 0.225, b: 0.225, c: 0.1, d: 0.225, e: 0.225 }],
    ['time-decay', { halfLifeDays: 1 }, 'a b c', { a: 0.142857, b: 0.285714, c: 0.571429 }],
    ['markov', {}, 'a a b', { a: 0.5, b: 0.5 }],
  ])('%s %j divides %s', (model, options, path, credits) => {
    expect(creditsOf(model, [one(path)], options)).toEqual(credits);
  });
});

describe('milestones', () => {
  it.each<[Options['shape'], number[], Record<string, number>]>([
    ['w', [1], { a: 0.3, b: 0.3, c: 0.05, d: 0.05, e: 0.3 }],
    // The first touch created the lead: it has the share of both.
    ['w', [0], { a: 0.6, b: 0.033334, c: 0.033333, d: 0.033333, e: 0.3 }],
    ['full-path', [0, 3], { a: 0.45, b: 0.05, c: 0.05, d: 0.225, e: 0.225 }],
    // One is not enough for this shape: its places are taken instead.
    ['full-path', [0], { a: 0.225, b: 0.225, c: 0.1, d: 0.225, e: 0.225 }],
    ['u', [2], { a: 0.4, b: 0.066667, c: 0.066667, d: 0.066666, e: 0.4 }],
  ])('of %s at %j', (shape, milestones, credits) => {
    expect(creditsOf('position', [one('a b c d e', { milestones })], { shape: shape! })).toEqual(credits);
  });
});

describe('time decay', () => {
  it.each<[number[] | undefined, Record<string, number>]>([
    // A touch a half-life earlier has half the weight (the definition of Google Analytics, whose half-life is 7 days).
    [[7, 0], { a: 0.333333, b: 0.666667 }],
    [[14, 0], { a: 0.2, b: 0.8 }],
    [[30, 30], { a: 0.5, b: 0.5 }],
    [[37, 30], { a: 0.333333, b: 0.666667 }],
    [[20_000, 0], { a: 0, b: 1 }],
    [undefined, { a: 0.475265, b: 0.524735 }],
  ])('of touches %j days before', (daysBefore, credits) => {
    expect(creditsOf('time-decay', [one('a b', daysBefore && { daysBefore })])).toEqual(credits);
  });
});

describe('the Markov model', () => {
  /**
   * The worked example of data-driven attribution with Markov chains that circulates with the R package ChannelAttribution: three
   * journeys, of which one converts. Conversion probability 1/3; without C1 1/6, without C2 or C3 none.
   */
  it('gives the published credits of three journeys', () => {
    const paths = [
      { path: ['C1', 'C2', 'C3'], conversions: 1 },
      { path: ['C1'], conversions: 0, nulls: 1 },
      { path: ['C2', 'C3'], conversions: 0, nulls: 1 },
    ];
    expect(creditsOf('markov', paths)).toEqual({ C1: 0.2, C2: 0.4, C3: 0.4 });
  });

  it.each<[string, Path[], Record<string, number>]>([
    [
      // The example of the Python port of ChannelAttribution (pychattr), which simulates 1.991 and 1.009: A → B and A → conversion have
      // the probability 1/2, repetitions count for nothing, removal effects are 1 and 1/2.
      'with repetitions',
      [one('A B A B B A'), one('A B B A A'), one('A A')],
      { A: 2, B: 1 },
    ],
    [
      // Puzyrov 2019, "Simple explanation of removal effect": 0.8 of the journeys convert, 0.2 without ads, 0.4 without mailing.
      'of two channels',
      [{ path: ['ads'], conversions: 2, nulls: 1 }, one('mailing'), one('ads mailing')],
      { ads: 2.4, mailing: 1.6 },
    ],
  ])('gives the published credits of journeys %s', (_, paths, credits) => {
    expect(creditsOf('markov', paths)).toEqual(credits);
  });

  it('answers nothing for all when nothing converts', () => {
    expect(evaluate({ model: 'markov', paths: [{ path: ['a', 'b'], conversions: 0, nulls: 3 }] })).toEqual([
      { key: 'a', conversions: 0 },
      { key: 'b', conversions: 0 },
    ]);
  });

  it('gives a key credit that only leads to keys which convert: the chain does not know the whole path', () => {
    const paths = [one('a'), { path: ['d', 'a'], conversions: 0, nulls: 1 }];
    expect(creditsOf('markov', paths)).toEqual({ a: 0.666667, d: 0.333333 });
    expect(creditsOf('markov', paths, { order: 2 })).toEqual({ a: 1, d: 0 });
  });

  it('gives value the shares of conversions', () => {
    const paths = [one('a b', { value: 90, nulls: 1 }), one('b', { value: 30 })];
    const [first, second] = evaluate({ model: 'markov', paths });
    expect([first!.key, second!.key]).toEqual(['b', 'a']);
    // Conversion probability 2/3; without a 1/3 · 2/3 = 2/9, without b 0: effects 2/3 and 1.
    expect([first!.value, second!.value]).toEqual([72, 48]);
  });
});

describe('the answer', () => {
  it('is in order of conversions, then of keys, with a value for all when a path has one', () => {
    const paths = [one('b'), one('a', { value: 9.99 }), { path: ['c', '__proto__'], conversions: 4 }];
    expect(evaluate({ model: 'last', paths })).toEqual([
      { key: '__proto__', conversions: 4, value: 0 },
      { key: 'a', conversions: 1, value: 9.99 },
      { key: 'b', conversions: 1, value: 0 },
      { key: 'c', conversions: 0, value: 0 },
    ]);
  });
});

describe('many keys', () => {
  it('are told apart, also more than two bytes can number', () => {
    const keys = Array.from({ length: 70_000 }, (_, i) => `k${i}`);
    const paths = keys.map((key, i) => ({ path: [key, keys.at(i - 1)!], conversions: 1 }));
    const credits = evaluate({ model: 'last', paths });
    expect(credits).toHaveLength(70_000);
    expect(credits.every(({ conversions }) => conversions === 1)).toBe(true);
  });
});

describe('the largest keys', () => {
  const builder = new JourneysBuilder();
  for (const [key, conversions] of Object.entries({ d: 1, c: 5, b: 5, a: 5, e: 9 }))
    builder.add({ path: [key], conversions });
  it.each([
    [1, ['e']],
    [2, ['e', 'a']],
    [3, ['e', 'a', 'b']],
    [5, ['a', 'b', 'c', 'd', 'e']],
    [9, ['a', 'b', 'c', 'd', 'e']],
  ])('%d of five are those of most touches, of equal ones the first', (max, keys) => {
    expect([...finished(builder.largestKeys(max))].sort()).toEqual([...keys].sort());
  });
});
