import { describe, expect, it } from '@jest/globals';
import { fromRows, toRows } from './condition-rows.js';
import { setAt } from './set-at.js';

describe('a condition as rows', () => {
  it.each([
    [{ fact: 'kind', is: 'form' }],
    [{ fact: 'points', atLeast: 50 }],
    [{ fact: 'identified', is: true }],
    [{ fact: 'traits.company', exists: false }],
    [{ fact: 'name', hasWord: ['demo', 'free trial'] }],
    [
      {
        all: [
          { fact: 'kind', in: ['page', 'screen'] },
          { fact: 'pageUrl', contains: '/pricing' },
        ],
      },
    ],
    [
      {
        any: [
          { fact: 'band', lessThan: 3 },
          { fact: 'cell', notIn: ['D4'] },
        ],
      },
    ],
  ])('%j comes back as it was', (condition) => {
    expect(fromRows(toRows(condition)!)).toEqual(condition);
  });

  it.each([
    [{ not: { fact: 'kind', is: 'form' } }],
    [{ all: [{ any: [{ fact: 'a', is: 1 }] }, { fact: 'b', is: 2 }] }],
    [{ fact: 'name', in: ['Hello, world'] }],
    [{ fact: 'size', is: '50' }],
  ])('%j has none: it stays JSON', (condition) => {
    expect(toRows(condition)).toBeNull();
  });

  it('keeps what is no number, so that the server can say so', () => {
    const rows = { join: 'all', rows: [{ fact: 'points', operator: 'atLeast', value: 'many' }] } as const;
    expect(fromRows(rows)).toEqual({ fact: 'points', atLeast: 'many' });
  });
});

describe('setAt', () => {
  const document = { rules: [{ key: 'a', cap: 5 }, { key: 'b' }], total: { min: 0 } };

  it.each<[string, unknown, object]>([
    ['/rules/0/cap', 9, { ...document, rules: [{ key: 'a', cap: 9 }, { key: 'b' }] }],
    ['/rules/0/cap', undefined, { ...document, rules: [{ key: 'a' }, { key: 'b' }] }],
    ['/rules/0', undefined, { ...document, rules: [{ key: 'b' }] }],
    ['/rules/2', { key: 'c' }, { ...document, rules: [...document.rules, { key: 'c' }] }],
    [
      '/rules/1/halfLife/amount',
      7,
      { ...document, rules: [document.rules[0], { key: 'b', halfLife: { amount: 7 } }] },
    ],
    ['/a~1b', 1, { ...document, 'a/b': 1 }],
  ])('%s to %j', (pointer, value, expected) => {
    const before = JSON.stringify(document);
    expect(setAt(document, pointer, value)).toEqual(expected);
    expect(JSON.stringify(document)).toBe(before);
  });
});
