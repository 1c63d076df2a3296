import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultFunnel } from './default-funnel.js';
import type { Funnel, RecycleRule } from './funnel.js';
import { giveBack, recycleRuleFor, type Returning } from './recycle.js';
import { afterActivity, afterVerdict, NEVER_RECYCLED, type SalesState } from './sales-status.js';
import { compileFunnel, isReady, stageOf } from './stage.js';
import type { StageFacts } from './stage-facts.js';

const DAY = 86_400_000;
const at = 1_000 * DAY;
const working: SalesState = { salesStatus: afterVerdict(null, 'accepted'), recycling: NEVER_RECYCLED };
const rejected = (more: Partial<Returning> = {}): Returning => ({
  ...{ on: 'rejected', reason: 'other', outcome: 'recycled', at },
  ...more,
});
const withRules = (...recycle: RecycleRule[]): Funnel => ({ ...defaultFunnel, recycle });
const recycledBefore = (times: number): SalesState => ({ ...working, recycling: { times, back: null } });

describe('the rest of a recycled lead', () => {
  it.each([
    ['is the one of the rule', rejected(), withRules({ key: 'r', on: 'rejected', restDays: 7 }), 7],
    ['is the one of the exit without a rule', rejected(), withRules(), 30],
    ['is the one of the exit for another return', rejected({ on: 'lost' }), withRules(), 30],
    ['ends at the date the seller names', rejected({ wakeAt: at + 3 * DAY }), defaultFunnel, 3],
    ['is of the first rule that fits', rejected({ reason: 'unresponsive' }), defaultFunnel, 30],
    ['of a lost deal is of its rule', rejected({ on: 'lost', reason: 'price' }), defaultFunnel, 180],
    ['of a lost deal without a reason, too', rejected({ on: 'lost', reason: null }), defaultFunnel, 180],
  ])('%s', (_case, returning, funnel, days) => {
    expect(giveBack(working, returning, funnel)).toMatchObject({
      salesStatus: { outcome: 'recycled', wakeAt: at + days * DAY },
      recycling: { times: 1, back: null },
    });
  });

  it('of funnels signed before there were rules is as it was', () => {
    const { recycle: _, asksAgain: __, ...old } = defaultFunnel;
    expect(giveBack(recycledBefore(99), rejected(), old).salesStatus).toMatchObject({
      ...{ outcome: 'recycled', wakeAt: at + 30 * DAY },
      why: { on: 'rejected', reason: 'other', rule: null },
    });
  });
});

describe('a lead that was recycled as often as agreed', () => {
  const limited = (then: RecycleRule['then'], maxTimes = 2): Funnel =>
    withRules({ key: 'r', on: 'rejected', maxTimes, ...(then && { then }) });

  it.each([
    [1, 'disqualified', { outcome: 'recycled', wakeAt: at + 30 * DAY }],
    [2, 'disqualified', { outcome: 'disqualified', wakeAt: null, why: { limit: 'disqualified' } }],
    [2, 'nurture', { outcome: 'recycled', wakeAt: null, why: { limit: 'nurture' } }],
    [7, 'nurture', { outcome: 'recycled', wakeAt: null }],
  ] as const)('%d times becomes %s', (times, then, expected) => {
    expect(giveBack(recycledBefore(times), rejected(), limited(then)).salesStatus).toMatchObject(expected);
  });

  it('rests without a date even when the seller names one', () => {
    const returning = rejected({ wakeAt: at + DAY });
    expect(giveBack(recycledBefore(2), returning, limited('nurture')).salesStatus).toMatchObject({
      wakeAt: null,
    });
  });

  it('may be one that is not recycled once', () => {
    expect(giveBack(working, rejected(), limited('disqualified', 0)).salesStatus).toMatchObject({
      outcome: 'disqualified',
    });
  });
});

it('a reason that is final disqualifies, whatever the rules', () => {
  const final = giveBack(working, rejected({ outcome: 'disqualified', wakeAt: at + DAY }), defaultFunnel);
  expect(final).toMatchObject({
    salesStatus: { outcome: 'disqualified', wakeAt: null },
    recycling: { times: 0 },
  });
});

it('a rule is chosen by its return and reasons, in their order', () => {
  const keyOf = (on: Returning['on'], reason: string | null) =>
    recycleRuleFor(defaultFunnel, { on, reason })?.key;
  expect(keyOf('rejected', 'bad-timing')).toBe('timing');
  expect(keyOf('rejected', 'wrong-territory')).toBe('other');
  expect(keyOf('lost', 'bad-timing')).toBe('lost-for-now');
  expect(keyOf('lost', 'price')).toBe('lost');
  expect(keyOf('churned', null)).toBe('churned');
});

describe('any sequence of verdicts, deals and activities', () => {
  const funnel = compileFunnel(defaultFunnel);
  const facts: StageFacts = {
    ...{ points: 60, fit: 20, engagement: 40, grade: 'B', fitGrade: 'B', band: 2, cell: 'B2' },
    ...{ identified: true, consent: true, traits: {} },
  };
  const step = fc.oneof(
    fc.record({ do: fc.constant('verdict' as const), verdict: fc.constantFrom('accepted', 'qualified') }),
    fc.record({
      do: fc.constant('return' as const),
      on: fc.constantFrom('rejected', 'lost', 'churned'),
      reason: fc.constantFrom(null, 'unresponsive', 'bad-timing', 'price', 'other'),
      outcome: fc.constantFrom('recycled', 'disqualified'),
    }),
    fc.record({ do: fc.constant('activity' as const), asks: fc.boolean() }),
  );
  const apply = (sales: SalesState, each: any, now: number): SalesState => {
    if (each.do === 'verdict')
      return { ...sales, salesStatus: afterVerdict(sales.salesStatus, each.verdict) };
    if (each.do === 'return') return giveBack(sales, { ...each, at: now }, defaultFunnel);
    return afterActivity(sales, { at: now, asks: each.asks }, now);
  };

  it('leaves a lead open, with sales, recycled or disqualified, and its stage says which', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(step, fc.integer({ min: 0, max: 200 * DAY })), { maxLength: 30 }),
        (steps) => {
          let sales: SalesState = { salesStatus: null, recycling: NEVER_RECYCLED };
          let now = at;
          for (const [each, later] of steps) {
            const before = sales;
            now += later;
            sales = apply(before, each, now);
            const status = sales.salesStatus;
            const stage = stageOf(funnel, status, facts);
            expect(stage === 'recycled').toBe(status?.state === 'returned' && status.outcome === 'recycled');
            expect(stage === 'disqualified').toBe(
              status?.state === 'returned' && status.outcome === 'disqualified',
            );
            expect(isReady(funnel, status, stage)).toBe(status === null);
            const isEnded = before.salesStatus?.state === 'returned';
            if (each.do === 'activity' && isEnded && before.salesStatus.outcome === 'disqualified')
              expect(sales).toBe(before);
            if (each.do === 'activity' && each.asks) expect(stage).not.toBe('recycled');
            expect(sales.recycling.times).toBeGreaterThanOrEqual(before.recycling.times);
            if (status?.state === 'returned' && status.wakeAt !== null)
              expect(status.wakeAt).toBeGreaterThan(status.rejectedAt);
          }
        },
      ),
    );
  });
});
