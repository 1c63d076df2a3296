import { describe, expect, it } from '@jest/globals';
import { isReadableName } from './person-name.js';

describe('a name', () => {
  it.each([
    'Ada',
    'Grace B. M. Hopper',
    "O'Brien",
    '山田 太郎',
    'محمد',
    'می\u200cخواهم',
    '=SUM(A1)',
    '👩\u200d🔬',
  ])('%j is readable', (name) => {
    expect(isReadableName(name)).toBe(true);
  });

  it.each([
    '',
    ' ',
    '\u00a0',
    '\u200b',
    '\u200d',
    'Ada\r\nSet-Cookie: x',
    'Ada\tB',
    'Ada\u2028',
    'Ada \u202enimda',
    'A\u2066B',
    '\ufeffAda',
    'A\u0000',
  ])('%j is not', (name) => {
    expect(isReadableName(name)).toBe(false);
  });
});
