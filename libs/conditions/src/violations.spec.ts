import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  compile,
  conditionViolations,
  MAX_CONDITIONS,
  MAX_DEPTH,
  MAX_TEXT_LENGTH,
  type Condition,
  type FactTypes,
} from './index.js';

const known: FactTypes = {
  points: 'number',
  identified: 'boolean',
  grade: ['A', 'B', 'C'],
  name: 'text',
  'traits.*': 'any',
};
const of = (condition: unknown) => conditionViolations(condition, known);

describe('a valid condition', () => {
  it.each<Condition>([
    { fact: 'points', atLeast: 50 },
    { fact: 'grade', in: ['a', 'B'] },
    { fact: 'traits.company.size', moreThan: 5 },
    { fact: 'traits.tags', is: 'vip' },
    { fact: 'name', hasWord: ['head of', 'C-3'] },
    { fact: 'grade', hasWord: ['a'] },
    {
      all: [
        { fact: 'points', atLeast: 10 },
        { fact: 'points', atMost: 10 },
      ],
    },
    { any: [{ fact: 'points', lessThan: 1 }, { not: { fact: 'identified', is: true } }] },
    {
      all: [
        { fact: 'name', startsWith: 'a' },
        { fact: 'name', isNot: 'ab' },
      ],
    },
  ])('%j has no violations', (condition) => expect(of(condition)).toEqual([]));
});

describe('a violation of shape is reported at its pointer', () => {
  it.each<[unknown, string]>([
    [null, ''],
    ['points > 5', ''],
    [[], ''],
    [{}, ''],
    [{ all: [] }, '/all'],
    [{ any: {} }, '/any'],
    [{ any: [{ not: 1 }] }, '/any/0/not'],
    [{ all: [{ fact: 'points', is: 1 }], any: [{ fact: 'points', is: 1 }] }, ''],
    [{ fact: 'points' }, ''],
    [{ fact: 'points', is: 1, isNot: 2 }, ''],
    [{ fact: 'points', matches: '.*' }, '/matches'],
    [{ not: { fact: '', is: 1 } }, '/not/fact'],
    [{ fact: 'traits.__proto__.x', is: 1 }, '/fact'],
    [{ fact: 'points', is: null }, '/is'],
    [{ fact: 'points', is: ' ' }, '/is'],
    [{ fact: 'points', atLeast: '50' }, '/atLeast'],
    [{ fact: 'points', atLeast: NaN }, '/atLeast'],
    [{ fact: 'points', in: [] }, '/in'],
    [{ fact: 'points', in: [{}] }, '/in'],
    [{ fact: 'points', exists: 'yes' }, '/exists'],
    [{ fact: 'name', hasWord: 'chief' }, '/hasWord'],
    [{ fact: 'name', hasWord: [] }, '/hasWord'],
    [{ fact: 'name', hasWord: ['chief', '++'] }, '/hasWord'],
    [{ fact: 'name', hasWord: [5] }, '/hasWord'],
    [{ fact: 'name', hasWord: ['x'.repeat(MAX_TEXT_LENGTH + 1)] }, '/hasWord'],
    [{ fact: 'name', contains: 'x'.repeat(MAX_TEXT_LENGTH + 1) }, '/contains'],
  ])('%j at "%s"', (condition, path) => expect(of(condition)).toMatchObject([{ pointer: path }]));
});

describe('a violation of meaning is reported at its pointer', () => {
  it.each<[Condition, string]>([
    [
      {
        any: [
          { fact: 'points', is: 1 },
          { fact: 'pionts', is: 1 },
        ],
      },
      '/any/1/fact',
    ],
    [{ fact: 'traits', exists: true }, '/fact'],
    [{ fact: 'points', contains: '5' }, '/contains'],
    [{ fact: 'points', is: 'many' }, '/is'],
    [{ fact: 'name', atLeast: 5 }, '/atLeast'],
    [{ fact: 'identified', moreThan: 5 }, '/moreThan'],
    [{ fact: 'points', hasWord: ['5'] }, '/hasWord'],
    [{ fact: 'identified', hasWord: ['true'] }, '/hasWord'],
    [{ fact: 'grade', is: 'Z' }, '/is'],
    [{ fact: 'grade', in: ['A', 'Z'] }, '/in/1'],
    [{ fact: 'grade', atLeast: 1 }, '/atLeast'],
  ])('%j at %s', (condition, path) => expect(of(condition)).toMatchObject([{ pointer: path }]));

  it('lists the known facts', () => {
    expect(of({ fact: 'pionts', is: 1 })[0]?.detail).toContain('points');
  });

  it('has the pointer of the condition in its document', () => {
    expect(conditionViolations({ fact: 'x', is: 1 }, known, '/stages/2/when')).toMatchObject([
      { pointer: '/stages/2/when/fact' },
    ]);
  });
});

const range = (from: number, length: number): number[] => Array.from({ length }, (_, n) => from + n);

describe('a contradiction is reported', () => {
  it.each<Condition>([
    {
      all: [
        { fact: 'points', atLeast: 10 },
        { fact: 'points', lessThan: 10 },
      ],
    },
    { all: [{ fact: 'points', moreThan: 10 }, { all: [{ fact: 'points', atMost: 9 }] }] },
    {
      all: [
        { fact: 'name', is: 'a' },
        { fact: 'name', is: 'b' },
      ],
    },
    {
      all: [
        { fact: 'name', is: 'a' },
        { fact: 'name', isNot: 'A' },
      ],
    },
    {
      all: [
        { fact: 'name', in: ['a', 'b'] },
        { fact: 'name', notIn: ['b', 'a', 'c'] },
      ],
    },
    {
      all: [
        { fact: 'points', is: 5 },
        { fact: 'points', atLeast: 6 },
      ],
    },
    {
      all: [
        { fact: 'name', is: 'abc' },
        { fact: 'name', startsWith: 'b' },
      ],
    },
    {
      all: [
        { fact: 'name', exists: false },
        { fact: 'name', contains: 'a' },
      ],
    },
    {
      all: [
        { fact: 'name', exists: false },
        { fact: 'name', hasWord: ['a'] },
      ],
    },
    {
      all: [
        { fact: 'name', in: ['coordinator', 'cook'] },
        { fact: 'name', hasWord: ['coo', 'head of'] },
      ],
    },
    {
      all: [
        { fact: 'traits.tags', is: 'a' },
        { fact: 'traits.tags', isNot: 'Á' },
      ],
    },
    {
      all: [
        { fact: 'traits.tags', in: ['a', 'b'] },
        { fact: 'traits.tags', notIn: ['b', 'a'] },
      ],
    },
    {
      all: [
        { fact: 'name', exists: false },
        { fact: 'name', exists: true },
      ],
    },
  ])('%j', (condition) => {
    expect(of(condition)).toMatchObject([{ pointer: '', detail: expect.stringContaining('never hold') }]);
  });

  it('within a branch, at the branch', () => {
    const never = {
      all: [
        { fact: 'name', is: 'a' },
        { fact: 'name', is: 'b' },
      ],
    };
    expect(of({ any: [{ fact: 'points', is: 1 }, never] })).toMatchObject([{ pointer: '/any/1' }]);
  });

  // Minutes, if the test of a claim were prepared for each pair of a value and a claim.
  it.each<[string, boolean, readonly object[]]>([
    ['repeated values', false, range(0, 198).map(() => ({ in: [...Array<number>(199).fill(1), 9] }))],
    ['distinct values', true, range(0, 198).map((n) => ({ in: range(n * 200, 199) }))],
    ['bounds', false, range(0, 198).map((n) => ({ atLeast: -n }))],
    ['excluded values', false, range(0, 198).map((n) => ({ notIn: range(1_000 + n, 200) }))],
  ])('at once for as many comparisons as are allowed: %s', (_, never, claims) => {
    const all = [...claims, { in: range(0, 200) }].map((claim) => ({ fact: 'points', ...claim }));
    expect(of({ all })).toHaveLength(never ? 1 : 0);
  });

  it.each<Condition>([
    {
      all: [
        { fact: 'traits.tags', is: 'a' },
        { fact: 'traits.tags', is: 'b' },
      ],
    },
    {
      all: [
        { fact: 'traits.sizes', atLeast: 50 },
        { fact: 'traits.sizes', lessThan: 50 },
      ],
    },
  ])('not where two members of a list can satisfy it: %j', (condition) => expect(of(condition)).toEqual([]));

  const values = ['a', 'b', 'A ', 'a b', '5', '05', '-1', 'true', true, false, 5, -1, 6];
  const numbers = [-2, -1, 5, 6];
  const operands: Record<string, readonly unknown[]> = {
    is: values,
    isNot: values,
    in: [...values.map((value) => [value]), ['a', 'b'], [5, 'a'], ['5', 5]],
    notIn: [...values.map((value) => [value]), ['a', 'b'], [5, 'a'], ['5', 5]],
    hasWord: [['a'], ['b', '5'], ['a b'], ['true', '0']],
    contains: ['a', 'b ', '5', '0'],
    startsWith: ['a', 'b', '5', '0'],
    endsWith: ['a', 'b', '5', '0'],
    atLeast: numbers,
    atMost: numbers,
    moreThan: numbers,
    lessThan: numbers,
    exists: [true, false],
  };
  const claims = Object.entries(operands).flatMap(([operator, expected]) =>
    // A computed key has no type of its own.
    expected.map((each) => ({ fact: 'x', [operator]: each }) as unknown as Condition),
  );
  const scalars = [...values, ' ', undefined, '5.0', {}];
  const facts = [
    ...scalars,
    [],
    ['a'],
    [5],
    [{}],
    ...values.flatMap((one) => values.map((other) => [one, other])),
  ];
  const possible = { any: facts, text: scalars };
  const refusedThoughItHolds = (type: 'any' | 'text', all: readonly Condition[]): unknown[] =>
    conditionViolations({ all }, { x: type }).some(({ detail }) => detail.startsWith('can never hold'))
      ? possible[type].filter((x) => compile({ all })({ x }))
      : [];

  it.each(['any', 'text'] as const)('only when no fact of type %s satisfies it', (type) => {
    for (const one of claims)
      for (const other of claims)
        if (refusedThoughItHolds(type, [one, other]).length > 0)
          throw new Error(`refused though it can hold: ${JSON.stringify([one, other])}`);
    const several = fc.array(fc.constantFrom(...claims), { minLength: 3, maxLength: 5 });
    fc.assert(fc.property(several, (all) => expect(refusedThoughItHolds(type, all)).toEqual([])));
  });
});

describe('limits', () => {
  const wrapped = (levels: number): Condition =>
    Array.from({ length: levels - 1 }).reduce<Condition>((not) => ({ not }), { fact: 'points', is: 1 });

  it('refuse any depth above the limit', () => {
    expect(of(wrapped(MAX_DEPTH))).toEqual([]);
    expect(of(wrapped(MAX_DEPTH + 1))).toMatchObject([{ detail: expect.stringContaining('deeper') }]);
    expect(of(wrapped(100_000))).toHaveLength(1);
  });

  it('refuse too many conditions', () => {
    const all = (size: number) => ({ all: Array.from({ length: size }, () => ({ fact: 'points', is: 1 })) });
    expect(of(all(MAX_CONDITIONS - 1))).toEqual([]);
    expect(of(all(MAX_CONDITIONS))).toMatchObject([
      { pointer: '', detail: expect.stringContaining('conditions') },
    ]);
    expect(of(all(1_000_000))).toHaveLength(1);
  });
});
