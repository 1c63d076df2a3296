import { describe, expect, it } from '@jest/globals';
import { effectSentence, rowsOf } from './comparison.js';

const side = {
  handoffs: 12,
  ready: 3,
  judged: 8,
  accepted: 4,
  won: 0,
  acceptedPer100: 50,
  wonPer100: 0,
  perSellerAndDay: 0.4,
  busiestDay: { day: '2026-01-05', perSeller: 2 },
};
const result = {
  leads: 40,
  activities: 300,
  sellers: 2,
  days: 15,
  active: side,
  draft: { ...side, handoffs: 0, judged: 0, acceptedPer100: null, wonPer100: null, busiestDay: null },
  becomes: { count: 0, leadIds: [] },
  stops: { count: 12, leadIds: [] },
};

describe('a backtest', () => {
  it('has its figures side by side, with what a share is of', () => {
    expect(rowsOf(result).map(({ label, active, draft }) => [label, active, draft])).toEqual([
      ['Hand-offs', '12', '0'],
      ['Sales-ready today', '3', '3'],
      ['Accepted per 100 hand-offs', '50 (of 8 judged)', '–'],
      ['Won per 100 hand-offs', '0 (of 8 judged)', '–'],
      ['Hand-offs per seller and day', '0.4', '0.4'],
      ['Busiest day, per seller', '2 on 2026-01-05', '–'],
    ]);
  });

  it.each([
    [0, 12, 'Of 40 leads, 0 become sales-ready that do not today, and 12 no longer do.'],
    [0, 0, 'Of 40 leads the same become sales-ready as with what is in force.'],
  ])('with %d more and %d fewer says so', (becomes, stops, sentence) => {
    const named = (count: number) => ({ count, leadIds: [] });
    expect(effectSentence({ ...result, becomes: named(becomes), stops: named(stops) })).toBe(sentence);
  });
});
