import { describe, expect, it } from '@jest/globals';
import { changeText, compared } from './comparison.js';

const figures = (credits: Readonly<Record<string, readonly number[]>>, names = Object.keys(credits)) => ({
  models: ['first', 'last'] as ['first', 'last'],
  keys: names.map((name) => ({
    key: name,
    credits: credits[name]!.map((conversions, place) => ({
      model: (['first', 'last'] as const)[place]!,
      ...{ conversions, value: 0 },
    })),
  })),
});
const rowsOf = (...of: Parameters<typeof compared>) =>
  compared(...of).map(({ key, credits }) => [
    key,
    ...credits.map(({ kept, today }) => [kept?.conversions, today?.conversions]),
  ]);

describe('kept figures beside those of today', () => {
  it('have the kept keys in their order, then the new ones', () => {
    const kept = figures({ email: [2, 1], search: [1, 2] });
    const today = figures({ video: [3, 0], search: [1, 2], email: [1, 3] });
    expect(rowsOf(kept, today)).toEqual([
      ['email', [2, 1], [1, 3]],
      ['search', [1, 1], [2, 2]],
      ['video', [undefined, 3], [undefined, 0]],
    ]);
  });

  it('have keys that are gone, and each erased name for itself', () => {
    const kept = figures({ '(erased)': [2, 1], email: [1, 1] }, ['(erased)', '(erased)', 'email']);
    expect(rowsOf(kept, figures({ '(none)': [4, 2] }))).toEqual([
      ['(erased)', [2, undefined], [1, undefined]],
      ['(erased)', [2, undefined], [1, undefined]],
      ['email', [1, undefined], [1, undefined]],
      ['(none)', [undefined, 4], [undefined, 2]],
    ]);
  });
});

describe('a change', () => {
  it.each([
    [1, 1, 'same'],
    [0.1, 0.1, 'same'],
    [1, 2.5, '+1.5'],
    [2_500, 1, '−2,499'],
    [0, 1 / 3, '+0.33'],
    [0.333333, 0.333334, 'more by under 0.01'],
    [0.333334, 0.333333, 'less by under 0.01'],
  ])('from %d to %d is %s', (kept, today, text) => expect(changeText(kept, today)).toBe(text));
});
