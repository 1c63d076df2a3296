import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BacktestTotals } from './backtest-totals.js';
import { rowsOf } from './cohort-rows.js';
import type { ReplayedLead } from './replayed-lead.js';
import {
  MAX_KEYS,
  MAX_MONTHS,
  RestatedCohorts,
  type CohortCounts,
  type Cohorts,
} from './restated-cohorts.js';

const NOW = Date.parse('2026-03-15T09:00:00.000Z');
const KEYS = { timeZone: 'UTC', now: NOW, channels: ['email', 'direct'], campaigns: ['spring', ''] };

const lead = (
  createdAt: string,
  [draft, active]: readonly [boolean, boolean],
  { outcome, ...first }: Partial<ReplayedLead['first']> & { outcome?: Partial<ReplayedLead['outcome']> } = {},
): ReplayedLead => ({
  id: 'lead',
  first: { createdAt: Date.parse(createdAt), channel: 'email', campaign: null, ...first },
  draft: { firstReadyAt: draft ? NOW : null, isReady: draft, points: 0 },
  active: { firstReadyAt: active ? NOW : null, isReady: active, points: 0 },
  outcome: { handedOver: false, judged: false, accepted: false, won: false, ...outcome },
});

const cohortsOf = (leads: readonly ReplayedLead[], keys: Partial<typeof KEYS> = {}): Cohorts => {
  const cohorts = new RestatedCohorts({ ...KEYS, ...keys });
  for (const each of leads) cohorts.add(each);
  return cohorts.result();
};

/** `[leads, handed over really, by active, by draft]`, by key. */
const counted = (cohorts: Cohorts['months']): Record<string, number[]> =>
  Object.fromEntries(
    cohorts.map(({ key, leads, real, active, draft }) => [
      key,
      [leads, real.handoffs, active.handoffs, draft.handoffs],
    ]),
  );

const sumOf = (cohorts: readonly CohortCounts[]): number[] =>
  cohorts
    .map(({ leads, ...sides }) => [
      leads,
      ...(['real', 'active', 'draft'] as const).flatMap((side) => {
        const { handoffs, judged, accepted, won } = sides[side];
        return [handoffs, judged, accepted, won];
      }),
    ])
    .reduce((sum, counts) => sum.map((value, at) => value + counts[at]!), Array<number>(13).fill(0));

describe('restated cohorts', () => {
  it('count each lead in its month, channel and campaign, as it was and by both definitions', () => {
    const accepted = { handedOver: true, judged: true, accepted: true };
    const cohorts = cohortsOf([
      lead('2026-01-31T23:59:59.999Z', [true, true], { campaign: 'spring', outcome: accepted }),
      lead('2026-02-01T00:00:00.000Z', [false, true], { outcome: { handedOver: true } }),
      lead('2026-02-09T00:00:00.000Z', [false, false], { channel: 'direct', campaign: 'spring' }),
      lead('2026-02-09T00:00:00.000Z', [true, false], { channel: 'fax', campaign: 'flyers' }),
    ]);
    expect(counted(cohorts.months)).toEqual({ '2026-01': [1, 1, 1, 1], '2026-02': [3, 1, 1, 1] });
    expect(counted(cohorts.channels)).toEqual({
      email: [2, 2, 2, 1],
      direct: [1, 0, 0, 0],
      '(other)': [1, 0, 0, 1],
    });
    expect(counted(cohorts.campaigns)).toEqual({
      spring: [2, 1, 1, 1],
      '': [1, 1, 1, 0],
      '(other)': [1, 0, 0, 1],
    });
    expect(cohorts.channels.map(({ key }) => key)).toEqual(['email', 'direct', '(other)']);
    expect(cohorts.cells.map(({ month, channel, leads }) => [month, channel, leads])).toEqual([
      ['2026-01', 'email', 1],
      ['2026-02', '(other)', 1],
      ['2026-02', 'direct', 1],
      ['2026-02', 'email', 1],
    ]);
    expect(cohorts.total.draft).toEqual({ handoffs: 2, judged: 1, accepted: 1, won: 0 });
  });

  it.each([
    ['UTC', '2026-01-31T23:30:00.000Z', '2026-01'],
    ['Europe/Berlin', '2026-01-31T23:30:00.000Z', '2026-02'],
    ['America/New_York', '2026-02-01T04:30:00.000Z', '2026-01'],
    ['UTC', '2021-04-01T00:00:00.000Z', '2021-04'],
    ['UTC', '2021-03-31T23:59:59.999Z', '(earlier)'],
    ['Europe/Berlin', '2021-03-31T22:00:00.000Z', '2021-04'],
    ['UTC', '0300-01-01T00:00:00.000Z', '(earlier)'],
  ])('have months of %s: %s is %s', (timeZone, at, month) => {
    expect(cohortsOf([lead(at, [true, true])], { timeZone }).months.map(({ key }) => key)).toEqual([month]);
  });

  it('have the months between two others without leads', () => {
    const at = ['2019-01-01', '2025-11-09', '2026-02-09'].map((day) => `${day}T00:00:00.000Z`);
    const { months, cells } = cohortsOf(at.map((each) => lead(each, [true, false])));
    expect(months.map(({ key, leads }) => [key, leads])).toEqual([
      ['(earlier)', 1],
      ['2025-11', 1],
      ['2025-12', 0],
      ['2026-01', 0],
      ['2026-02', 1],
    ]);
    expect(cells).toHaveLength(3);
  });

  it('of nothing are empty', () => {
    const { total, ...lists } = cohortsOf([]);
    expect(total).toMatchObject({ leads: 0, draft: { handoffs: 0 } });
    expect(lists).toEqual({ timeZone: 'UTC', cells: [], months: [], channels: [], campaigns: [] });
  });

  it('sum to the totals of the same result, whatever the leads, in a bounded number of cells', () => {
    const name = fc.constantFrom(...KEYS.channels, 'fax', '', '(other)', ...'abcdefghijklmnopqrstuvwxyz');
    const anyLead = fc.record({
      id: fc.uuid(),
      first: fc.record({
        createdAt: fc.integer({ min: Date.parse('0001-01-01T00:00:00Z'), max: NOW }),
        channel: name,
        campaign: fc.option(name),
      }),
      draft: fc.record({ firstReadyAt: fc.option(fc.nat(NOW)), isReady: fc.boolean(), points: fc.nat(9) }),
      active: fc.record({ firstReadyAt: fc.option(fc.nat(NOW)), isReady: fc.boolean(), points: fc.nat(9) }),
      outcome: fc.record({
        ...{ handedOver: fc.boolean(), judged: fc.boolean(), accepted: fc.boolean(), won: fc.boolean() },
      }),
    });
    fc.assert(
      fc.property(
        fc.array(anyLead, { maxLength: 60 }),
        fc.constantFrom('UTC', 'Asia/Kathmandu'),
        (leads, timeZone) => {
          const totals = new BacktestTotals(new RestatedCohorts({ ...KEYS, timeZone }));
          for (const each of leads) totals.add(each);
          const result = totals.result({ activities: 0, sellers: 1 });
          const { total, cells, months, channels, campaigns } = result.cohorts!;
          const all = sumOf([total]);
          for (const list of [cells, months, channels, campaigns]) expect(sumOf(list)).toEqual(all);
          expect(total.leads).toBe(result.leads);
          expect(total.real.handoffs).toBe(leads.filter(({ outcome }) => outcome.handedOver).length);
          for (const side of ['draft', 'active'] as const) expect(result[side]).toMatchObject(total[side]);
          expect(new Set(cells.map(({ month, channel }) => `${month} ${channel}`)).size).toBe(cells.length);
          expect(months.length).toBeLessThanOrEqual(MAX_MONTHS + 1);
          for (const list of [channels, campaigns]) expect(list.length).toBeLessThanOrEqual(MAX_KEYS + 1);
        },
      ),
    );
  });

  it('are rows of a file by month, channel or campaign, and by month and channel', () => {
    const cohorts = cohortsOf([
      lead('2026-01-09T00:00:00.000Z', [true, false], { outcome: { handedOver: true, judged: true } }),
    ]);
    const counts = {
      ...{ leads: 1, realHandoffs: 1, realJudged: 1, realAccepted: 0, realWon: 0, activeHandoffs: 0 },
      ...{ activeJudged: 0, activeAccepted: 0, activeWon: 0, draftHandoffs: 1, draftJudged: 1 },
      ...{ draftAccepted: 0, draftWon: 0 },
    };
    expect(rowsOf(cohorts, 'month')).toEqual([{ month: '2026-01', ...counts }]);
    expect(rowsOf(cohorts, 'channel')).toEqual([{ channel: 'email', ...counts }]);
    expect(rowsOf(cohorts, 'campaign')).toEqual([{ campaign: '', ...counts }]);
    expect(rowsOf(cohorts, undefined)).toEqual([{ month: '2026-01', channel: 'email', ...counts }]);
  });
});
