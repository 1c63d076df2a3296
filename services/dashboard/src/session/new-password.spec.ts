import { describe, expect, it } from '@jest/globals';
import { adviceFor, isAcceptable } from './new-password.js';

describe('a new password', () => {
  it.each([
    ['', false, /^At least 12 characters\. /],
    ['eleven char', false, /^At least 12 characters: 1 more\.$/],
    ['twelve chars', true, /^Long enough\.$/],
    ['            ', true, /^Long enough\.$/],
    ['😀'.repeat(11), false, /1 more/],
    ['😀'.repeat(12), true, /Long enough/],
    ['x'.repeat(256), true, /Long enough/],
    ['x'.repeat(257), false, /^At most 256 characters\.$/],
  ])('%j is acceptable: %s', (password, acceptable, advice) => {
    expect(isAcceptable(password)).toBe(acceptable);
    expect(adviceFor(password)).toMatch(advice);
  });
});
