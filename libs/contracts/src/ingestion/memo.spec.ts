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

  it('does not keep the bodies that its texts are parts of', () => {
    const kept = memoized((text) => text);
    const before = process.memoryUsage().heapUsed;
    // 1,000 bodies of 250 KB: 250 MB if each were kept.
    for (let index = 0; index < 1_000; index += 1)
      kept(
        Buffer.from(String(index).padStart(40) + 'x'.repeat(250_000))
          .toString()
          .slice(0, 40),
      );
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(150 * 1024 * 1024);
  });
});
