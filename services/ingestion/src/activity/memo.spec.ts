import { describe, expect, it } from '@jest/globals';
import { memoized } from './memo.js';

describe('a memoized function', () => {
  it('works once for a text, also when the result is undefined', () => {
    const asked: string[] = [];
    const length = memoized((text) => (asked.push(text) > 1 ? undefined : text.length));
    expect([length('abc'), length('abc'), length('b'), length('b')]).toEqual([3, 3, undefined, undefined]);
    expect(asked).toEqual(['abc', 'b']);
  });

  it('keeps neither long texts nor more than a number of short ones', () => {
    const asked: string[] = [];
    const first = memoized((text) => asked.push(text));
    const long = 'x'.repeat(10_000);
    first(long);
    first(long);
    for (let index = 0; index <= 4_000; index += 1) first(String(index));
    first('0');
    expect(asked.filter((text) => text === long)).toHaveLength(2);
    expect(asked.filter((text) => text === '0')).toHaveLength(2);
  });
});
