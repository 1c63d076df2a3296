import { describe, expect, it } from '@jest/globals';
import {
  fateOf,
  FATES,
  sentenceOf,
  withFate,
  withReturn,
  type Fate,
  type RecycleRule,
} from './recycle-rule.js';

const rule: RecycleRule = { key: 'a', on: 'rejected', reasons: ['no-need'], restDays: 30 };

describe('a recycle rule', () => {
  it.each<[Partial<RecycleRule>, Fate, string]>([
    [{}, 'rests', 'A rejected lead (no-need) rests for 30 days'],
    [
      { maxTimes: 2, then: 'disqualified' },
      'limited',
      'A rejected lead (no-need) rests for 30 days, at most 2 times; then it is disqualified until a person reopens it',
    ],
    [
      { maxTimes: 1, then: 'nurture', restDays: 1 },
      'limited',
      'A rejected lead (no-need) rests for 1 day, at most once; then it rests until it asks again',
    ],
    [
      { maxTimes: 0, then: 'disqualified' },
      'disqualified',
      'A rejected lead (no-need) is disqualified until a person reopens it',
    ],
    [{ maxTimes: 0, then: 'nurture' }, 'nurture', 'A rejected lead (no-need) rests until it asks again'],
    [{ on: 'churned' }, 'rests', 'A customer who left (no-need) rests for 30 days'],
  ])('%j', (change, fate, sentence) => {
    expect(fateOf({ ...rule, ...change })).toBe(fate);
    expect(sentenceOf({ ...rule, ...change })).toBe(sentence);
  });

  it('without reasons and days is for all, as long as the exit says', () => {
    expect(sentenceOf({ key: 'all', on: 'lost' })).toBe(
      'A lead whose deal was lost rests as “Recycled” says',
    );
  });

  it('names its reasons in words', () => {
    expect(sentenceOf({ ...rule, reasons: ['a', 'b'] }, (code) => code.toUpperCase())).toMatch(
      /lead \(A, B\) rests/,
    );
    expect(sentenceOf({ ...rule, reasons: [] })).toMatch(/^A rejected lead rests/);
  });

  it('gets each fate from each other, with nothing left that the server refuses', () => {
    const fates = Object.keys(FATES) as Fate[];
    for (const before of fates)
      for (const after of fates) {
        const changed = withFate(withFate(rule, before), after);
        expect(fateOf(changed)).toBe(after);
        expect(changed.then !== undefined).toBe(changed.maxTimes !== undefined);
        expect(changed.maxTimes === 0 && changed.restDays !== undefined).toBe(false);
      }
  });

  it('for another return has neither the reasons of the first, nor a lesson if it is for rejections', () => {
    const lost: RecycleRule = { key: 'a', on: 'lost', reasons: ['price'], teaches: 'fit' };
    expect(withReturn(lost, 'churned')).toEqual({ key: 'a', on: 'churned', teaches: 'fit' });
    expect(withReturn(lost, 'rejected')).toEqual({ key: 'a', on: 'rejected' });
  });
});
