import { describe, expect, it } from '@jest/globals';
import { csvOf } from './csv.js';

describe('CSV', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-2', "'-2"],
    ['@sum', "'@sum"],
    ['＝1', "'＝1"],
    ['a "b", c', '"a ""b"", c"'],
    ['a\r\nb', '"a\r\nb"'],
    ['plain', 'plain'],
  ])('writes %j as %j', (text, field) => {
    expect(csvOf([{ text }])).toBe(`text\r\n${field}\r\n`);
  });

  it('keeps numbers, also negative ones, and has every column', () => {
    expect(csvOf([{ a: -1 }, { b: 'x', a: null }])).toBe('a,b\r\n-1,\r\n,x\r\n');
    expect(csvOf([])).toBe('\r\n');
  });
});
