import { describe, expect, it } from '@jest/globals';
import type { RestatedCohorts } from '../api/shapes.js';
import { restatedRows, restatedSentence, totalRow } from './restated-rows.js';

const side = (handoffs: number, judged = 0, accepted = 0, won = 0) => ({ handoffs, judged, accepted, won });
const january = { leads: 10, real: side(4, 3, 2, 1), active: side(6, 3, 2, 1), draft: side(2, 1, 1) };
const total = { leads: 1_200, real: side(400), active: side(600), draft: side(200) };
const cohorts: RestatedCohorts = {
  ...{ timeZone: 'UTC', total, cells: [] },
  months: [{ key: '2026-01', ...january }],
  channels: [{ key: 'email', ...january }],
  campaigns: [{ key: '', ...january }],
};

describe('restated cohorts', () => {
  it('are shares of all leads handed over, and of judged leads accepted and won', () => {
    expect(restatedRows(cohorts, 'month', 'handoffs')).toEqual([
      {
        ...{ key: '2026-01', label: '2026-01', leads: 10 },
        real: { numerator: 4, denominator: 10 },
        active: { numerator: 6, denominator: 10 },
        draft: { numerator: 2, denominator: 10 },
      },
    ]);
    const [accepted] = restatedRows(cohorts, 'channel', 'accepted');
    expect(accepted).toMatchObject({
      label: 'email',
      real: { numerator: 2, denominator: 3 },
      draft: { numerator: 1, denominator: 1 },
    });
    expect(restatedRows(cohorts, 'campaign', 'won')[0]).toMatchObject({
      label: 'None',
      active: { numerator: 1, denominator: 3 },
      draft: { numerator: 0, denominator: 1 },
    });
    expect(totalRow(cohorts, 'handoffs')).toMatchObject({ label: 'All', leads: 1_200 });
  });

  it('are told in a sentence', () => {
    expect(restatedSentence(cohorts, 'Funnel, version 1')).toBe(
      'Of 1,200 leads, 400 really handed over: 200 under Funnel, version 1, 600 under what is in force.',
    );
  });
});
