import { describe, expect, it } from '@jest/globals';
import { quotaIn } from './quota.js';

describe('events per day', () => {
  it.each([
    ['', null],
    ['  ', null],
    ['1', 1],
    ['10000000000', 10_000_000_000],
    ['10,000', 10_000],
    ['10 000', 10_000],
    ['1’000', 1_000],
    ['0', undefined],
    ['-5', undefined],
    ['.', undefined],
    ['1e3', undefined],
    ['1.5', undefined],
    ['10,00', undefined],
    ['10000000001', undefined],
    ['many', undefined],
  ])('%j is %s', (text, quota) => {
    expect(quotaIn(text)).toBe(quota);
  });
});
