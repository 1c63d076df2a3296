import { describe, expect, it } from '@jest/globals';
import { fromRow, isSameValue, toRow } from './condition-row.js';
import { setAt } from './set-at.js';

describe('a comparison as a row', () => {
  it.each([
    [{ fact: 'kind', is: 'form' }],
    [{ fact: 'points', atLeast: 50 }],
    [{ fact: 'identified', is: true }],
    [{ fact: 'traits.company', exists: false }],
    [{ fact: 'name', hasWord: ['demo', 'free trial'] }],
    [{ fact: 'cell', notIn: ['D4'] }],
    [{ fact: 'traits.postcode', is: '01067' }],
    [{ fact: 'traits.version', is: '1.0' }],
  ])('%j comes back as it was', (comparison) => {
    expect(fromRow(toRow(comparison)!)).toEqual(comparison);
  });

  it.each([
    [{ fact: 'name', in: ['Hello, world'] }],
    [{ fact: 'size', is: '50' }],
    [{ fact: 'size', is: 'true' }],
    [{ fact: 'size', is: 50, atLeast: 5 }],
    [{ is: 50 }],
    [{ not: { fact: 'kind', is: 'form' } }],
  ])('%j has none: it stays JSON', (comparison) => {
    expect(toRow(comparison)).toBeNull();
  });

  it('is the same while a list or a number is being typed', () => {
    const list = { fact: 'name', operator: 'hasWord', value: 'demo' };
    expect(['demo', 'demo,', 'demo, ', 'demo '].every((text) => isSameValue(list, text))).toBe(true);
    expect(isSameValue(list, 'demo, f')).toBe(false);
    const number = { fact: 'points', operator: 'atLeast', value: '1' };
    expect([isSameValue(number, '1.0'), isSameValue(number, '1.05')]).toEqual([true, false]);
  });

  it('keeps what is no number, so that the server can say so', () => {
    const row = { fact: 'points', operator: 'atLeast', value: 'many' };
    expect(fromRow(row)).toEqual({ fact: 'points', atLeast: 'many' });
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
