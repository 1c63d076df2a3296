import {
  DealChurned,
  DealLost,
  DealOpened,
  DealRenewed,
  DealWon,
  type EventContract,
} from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import { afterVerdict, NEVER_RECYCLED, type SalesState, type SalesStatus } from '../funnel/sales-status.js';
import { defaultDefinitions } from '../lead/lead.example.js';
import { dealStateOf, lessonOf, salesAfterDeal, type DealState } from './deal-state.js';

const state = (contract: EventContract, dealId = 'one', sequence = 1): DealState =>
  dealStateOf(contract, { ...contract.example, dealId } as never, sequence);

const salesWith = (salesStatus: SalesStatus): SalesState => ({ salesStatus, recycling: NEVER_RECYCLED });

/** The status after events, each of a deal; `accepted` before them. */
const after = (...events: readonly [EventContract, string?][]): SalesStatus => {
  const deals = new Map<string, DealState>();
  return events.reduce<SalesState>(
    (sales, [contract, dealId = 'one'], index) => {
      const changed = state(contract, dealId, index + 1);
      deals.set(dealId, changed);
      return salesAfterDeal(sales, changed, [...deals.values()], defaultDefinitions.funnel);
    },
    salesWith(afterVerdict(null, 'accepted')),
  ).salesStatus;
};
const working = (...verdicts: string[]) => ({ state: 'working', verdicts: ['accepted', ...verdicts] });

describe('the deals of a lead', () => {
  it('make it an opportunity, then a customer', () => {
    expect(after([DealOpened])).toEqual(working('deal-opened'));
    expect(after([DealOpened], [DealWon])).toEqual(working('deal-opened', 'deal-won'));
    expect(after([DealOpened], [DealWon], [DealRenewed])).toEqual(working('deal-opened', 'deal-won'));
  });

  it('recycle it when the last one ends, by the rule of the funnel, and say to whom it was lost', () => {
    const recycled = (at: string, days: number) => ({
      ...{ state: 'returned', outcome: 'recycled', rejectedAt: Date.parse(at) },
      wakeAt: Date.parse(at) + days * 86_400_000,
    });
    expect(after([DealOpened], [DealLost])).toEqual({
      ...recycled(DealLost.example.lostAt, 180),
      why: { on: 'lost', reason: 'price', rule: 'lost', competitor: 'Difference Machines' },
    });
    expect(after([DealOpened], [DealWon], [DealChurned])).toEqual({
      ...recycled(DealChurned.example.churnedAt, 365),
      why: { on: 'churned', reason: 'price', rule: 'churned' },
    });
  });

  it.each([
    [DealLost, 'bad-timing', 'timing'],
    [DealLost, 'no-decision', 'timing'],
    [DealLost, 'price', 'nothing'],
    [DealChurned, 'price', 'nothing'],
    [DealWon, null, null],
    [DealOpened, null, null],
  ])('teach what the funnel says: %#', (contract, reason, lesson) => {
    expect(lessonOf({ ...state(contract), reason }, defaultDefinitions.funnel.document)).toBe(lesson);
    const others = { ...defaultDefinitions.funnel.document, recycle: [{ key: 'all', on: 'lost' as const }] };
    expect(lessonOf({ ...state(contract), reason }, others)).toBe(lesson === null ? null : 'nothing');
  });

  it('keep it where the best of the others is', () => {
    expect(after([DealOpened], [DealOpened, 'two'], [DealLost])).toEqual(working('deal-opened'));
    expect(after([DealOpened], [DealWon], [DealOpened, 'two'], [DealLost, 'two'])).toEqual(
      working('deal-opened', 'deal-won'),
    );
    expect(after([DealOpened], [DealWon], [DealOpened, 'two'], [DealChurned])).toEqual(
      working('deal-opened'),
    );
  });

  it('that ended undo no hand-off accepted since', () => {
    const accepted = salesWith(afterVerdict(null, 'accepted'));
    const late = state(DealLost);
    expect(salesAfterDeal(accepted, late, [late], defaultDefinitions.funnel)).toBe(accepted);
    const none = salesWith(null);
    expect(salesAfterDeal(none, late, [late], defaultDefinitions.funnel)).toBe(none);
  });
});
