import { describe, expect, it } from '@jest/globals';
import { reportOf, stagesOf } from './funnel-report.js';

const today = stagesOf({
  stages: [
    { key: 'visitor', label: 'Visitor' },
    { key: 'mql', label: 'Marketing qualified' },
  ],
  exits: [{ key: 'recycled' }],
});

describe('the funnel report', () => {
  it('gives each group its counts, numerators and denominator, largest first, and the sum', () => {
    const report = reportOf(
      [
        { key: 'email', stage: '', leads: 2 },
        { key: 'email', stage: 'visitor', leads: 2 },
        { key: 'email', stage: 'mql', leads: 1 },
        { key: '', stage: '', leads: 3 },
        { key: '', stage: 'visitor', leads: 3 },
        { key: '', stage: 'recycled', leads: 1 },
      ],
      today,
      '',
    );
    expect(report.groups).toEqual([
      {
        key: '(none)',
        leads: 3,
        counts: { visitor: 3, mql: 0, recycled: 1 },
        rates: [
          { stage: 'visitor', numerator: 3, denominator: 3 },
          { stage: 'mql', numerator: 0, denominator: 3 },
          { stage: 'recycled', numerator: 1, denominator: 3 },
        ],
      },
      expect.objectContaining({ key: 'email', leads: 2, counts: { visitor: 2, mql: 1, recycled: 0 } }),
    ]);
    expect(report.total).toMatchObject({ leads: 5, counts: { visitor: 5, mql: 1, recycled: 1 } });
  });

  it('keeps a stage that the funnel no longer has', () => {
    const { stages, total } = reportOf([{ key: 'email', stage: 'prospect', leads: 4 }], today, '');
    expect(stages.map(({ key }) => key)).toEqual(['visitor', 'mql', 'prospect']);
    expect(total.counts).toMatchObject({ prospect: 4 });
  });

  it('of nothing is all zeros, and of an unreadable definition without stages', () => {
    expect(reportOf([], today, '').total).toMatchObject({
      leads: 0,
      counts: { visitor: 0, mql: 0, recycled: 0 },
    });
    expect(stagesOf({ stages: 'x', exits: [null, 5, {}] })).toEqual({ stages: [], exits: [] });
  });
});
