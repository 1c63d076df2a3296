import { expect, it } from '@jest/globals';
import type { AttributionReport } from '../api/shapes.js';
import { nameToKeep, questionText } from './kept-texts.js';

const asked = { milestone: 'mql', by: 'channel', from: '2026-11-01', to: '2026-11-30' } as const;

it('figures are named for what they say of which months', () => {
  expect(nameToKeep(asked as AttributionReport)).toBe('MQL by channel, Nov 2026');
  expect(nameToKeep({ ...asked, from: '2026-10-30' } as AttributionReport)).toMatch(
    /^MQL by channel, Oct\s–\sNov 2026$/,
  );
});

it('a question is in words, with the options that differ from the defaults', () => {
  const question = { ...asked, timeZone: 'UTC', lookback: 90, models: ['first' as const], options: {} };
  expect(questionText(question)).toBe(
    'MQL by channel, 2026-11-01 to 2026-11-30 (UTC), touches of 90 days before: First',
  );
  expect(
    questionText({ ...question, models: ['time-decay', 'markov'], options: { halfLife: 14, order: 2 } }),
  ).toContain(': Time decay, Markov, half-life 14 days, order 2');
});
