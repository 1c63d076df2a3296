import { describe, expect, it } from '@jest/globals';
import { changesBetween } from './changes.js';

describe('changesBetween', () => {
  it('gives nothing for the same document', () => {
    expect(changesBetween({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual([]);
  });

  it('names each leaf that differs', () => {
    expect(changesBetween({ max: 3, within: { amount: 24 } }, { max: 3, within: { amount: 4 } })).toEqual([
      { pointer: '/within/amount', before: 24, after: 4 },
    ]);
  });

  it('compares lists by key: one inserted is one change', () => {
    const rule = (key: string, points: number) => ({ key, points });
    expect(
      changesBetween(
        { rules: [rule('a', 1), rule('c', 3)] },
        { rules: [rule('a', 1), rule('b', 2), rule('c', 5)] },
      ),
    ).toEqual([
      { pointer: '/rules/b', after: rule('b', 2) },
      { pointer: '/rules/c/points', before: 3, after: 5 },
    ]);
  });

  it('tells what was taken out', () => {
    expect(changesBetween({ a: 1, b: 2 }, { a: 1 })).toEqual([{ pointer: '/b', before: 2 }]);
  });
});
