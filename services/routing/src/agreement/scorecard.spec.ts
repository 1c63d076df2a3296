import { describe, expect, it } from '@jest/globals';
import { defaultAgreement, type Agreement } from './agreement.js';
import { CLAUSES, type Clause } from './clause.js';
import { scorecardOf, type ClauseCounts, type ScoreState } from './scorecard.js';

const DAY = 86_400_000;
const period = { key: '2026-11', start: Date.UTC(2026, 10, 1), end: Date.UTC(2026, 11, 1) };
const day = (number: number): number => period.start + number * DAY;
const [standard] = defaultAgreement.segments;
const agreement = (promised: number): Agreement => ({
  ...defaultAgreement,
  segments: [
    {
      ...standard!,
      marketing: { ...standard!.marketing, leads: promised, acceptedPercent: promised },
      sales: { ...standard!.sales, acceptInTimePercent: promised },
    },
  ],
});
const scoreOf = (clause: Clause, promised: number, counts: Partial<ClauseCounts>, now: number) => {
  const counted = { segment: 'all', clause, credits: 0, debits: 0, open: 0, overdue: 0, ...counts };
  return scorecardOf(agreement(promised), [counted], period, now).find((each) => each.clause === clause)!;
};

describe('a number of leads', () => {
  it.each<[string, number, Partial<ClauseCounts>, number, ScoreState, number | null]>([
    ['enough already', 30, { credits: 30 }, day(3), 'met', 300],
    ['one taken back', 30, { credits: 30, debits: 1 }, day(15), 'on-track', 58],
    ['the rate that is needed', 30, { credits: 15 }, day(15), 'on-track', 30],
    ['a lower rate', 30, { credits: 14 }, day(15), 'at-risk', 28],
    ['none in the first tenth', 30, {}, day(2), 'on-track', null],
    ['none after the first tenth', 30, {}, day(3), 'at-risk', 0],
    ['one missing at the end', 30, { credits: 29 }, day(30), 'missed', 29],
    ['enough at the end', 30, { credits: 30 }, day(40), 'met', 30],
    ['nothing promised', 0, {}, day(1), 'met', null],
  ])('%s of %i', (_, promised, counts, now, state, forecast) => {
    expect(scoreOf('leads', promised, counts, now)).toMatchObject({ state, forecast, denominator: promised });
  });
});

describe('a part', () => {
  it.each<[string, number, Partial<ClauseCounts>, number, ScoreState, number | null]>([
    ['nothing decided', 90, { open: 3 }, day(15), 'on-track', null],
    ['too few to tell', 90, { debits: 4 }, day(15), 'on-track', null],
    ['enough to tell', 90, { debits: 5 }, day(15), 'at-risk', 0],
    ['exactly what is promised', 90, { credits: 9, debits: 1 }, day(15), 'on-track', 90],
    ['clocks that ran out', 90, { credits: 9, debits: 1, overdue: 1 }, day(15), 'at-risk', 81.8],
    ['open ones, as the ones before', 80, { credits: 8, debits: 2, open: 10 }, day(15), 'on-track', 80],
    [
      'open ones that soften what ran out',
      80,
      { credits: 9, overdue: 3, open: 20 },
      day(15),
      'on-track',
      90.6,
    ],
    ['all, and one was not kept', 100, { credits: 99, debits: 1 }, day(1), 'missed', 99],
    ['all, and all were', 100, { credits: 99 }, day(1), 'on-track', 100],
    ['nothing to keep at the end', 90, {}, day(30), 'met', null],
    ['less at the end', 90, { credits: 8, debits: 1 }, day(30), 'missed', 88.9],
    ['a third, not rounded up', 33.4, { credits: 1, debits: 2 }, day(30), 'missed', null],
    ['more at the end', 90, { credits: 10, debits: 1, open: 9 }, day(30), 'met', 90.9],
  ])('%s of %d %%', (_, promised, counts, now, state, forecast) => {
    expect(scoreOf('accept-in-time', promised, counts, now)).toMatchObject({ state, forecast });
  });

  it('has its numerator and denominator', () => {
    expect(scoreOf('accepted', 50, { credits: 2, debits: 1 }, day(15))).toMatchObject({
      side: 'marketing',
      promised: 50,
      delivered: 66.7,
      numerator: 2,
      denominator: 3,
    });
  });
});

it('has every clause of every segment, with or without facts', () => {
  const two = { ...defaultAgreement, segments: [{ ...standard!, key: 'large', name: 'Large' }, standard!] };
  const scores = scorecardOf(two, [], period, day(1));
  expect(scores.map(({ segment, clause }) => `${segment} ${clause}`)).toEqual(
    ['large', 'all'].flatMap((segment) => CLAUSES.map((clause) => `${segment} ${clause}`)),
  );
});
