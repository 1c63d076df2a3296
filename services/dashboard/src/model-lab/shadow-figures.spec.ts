import { describe, expect, it } from '@jest/globals';
import type { Shadow } from '../api/shapes.js';
import { shadowRows, shadowSentence } from './shadow-figures.js';

const side = { handoffs: 12, perSellerAndDay: 0.4, ready: 9, accepted: 6, rejected: 3 };
const shadow = {
  leads: 40,
  agreement: 0.925,
  draftOnly: { count: 1, leadIds: [] },
  activeOnly: { count: 2, leadIds: [] },
  accepted: 7,
  rejected: 5,
  active: side,
  draft: { ...side, handoffs: 1_100, rejected: 0 },
} as unknown as Shadow;

describe('a shadow', () => {
  it.each<[Partial<Shadow>, string]>([
    [
      {},
      '40 leads changed since. Both say the same of 92.5 %. 1 would become sales-ready that do not, 2 would no longer.',
    ],
    [{ leads: 0, agreement: null }, 'No lead has changed since.'],
    [
      { leads: 1, agreement: 1, draftOnly: { count: 0, leadIds: [] }, activeOnly: { count: 0, leadIds: [] } },
      '1 lead changed since. Both say the same of 100 %.',
    ],
  ])('with %j in a sentence', (more, words) => {
    expect(shadowSentence({ ...shadow, ...more })).toBe(words);
  });

  it('has the figures of both side by side, with what verdicts are of', () => {
    expect(shadowRows(shadow)).toEqual([
      ['Hand-offs since', '12', '1,100'],
      ['Hand-offs per seller and day', '0.4', '0.4'],
      ['Sales-ready as of their last change', '9', '9'],
      ['Of the leads that sales accepted, sales-ready', '6 of 7', '6 of 7'],
      ['Of the leads that sales rejected, sales-ready', '3 of 5', '0 of 5'],
    ]);
  });
});
