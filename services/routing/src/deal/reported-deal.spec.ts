import { describe, expect, it } from '@jest/globals';
import { DEAL_REPORTS } from '@baton/contracts';
import fc from 'fast-check';
import { newDeal, type Deal } from './deal.js';
import { evolve, type DealEvent } from './deal-event.js';
import { dealDecider, euros, hour } from './deal.example.js';
import { applyReport, type ReportedDeal } from './reported-deal.js';

const origin = { sourceId: 'crm', externalId: '006', reportedAt: 0 };
const unknown = newDeal({ ...dealDecider.initial, seller: null, origin }, hour(0));

const report = (what: ReportedDeal['what'], more: Partial<ReportedDeal> = {}): ReportedDeal => ({
  what,
  at: hour(3),
  ...more,
});

const after = (...reports: readonly ReportedDeal[]): { deal: Deal; events: DealEvent[] } => {
  const events: DealEvent[] = [];
  const deal = reports.reduce((before, each) => {
    const decided = applyReport(each, before);
    events.push(...decided);
    return decided.reduce(evolve, before);
  }, unknown);
  return { deal, events };
};

const typesAfter = (...reports: readonly ReportedDeal[]) => after(...reports).events.map(({ type }) => type);

describe('a report of a CRM', () => {
  it('opens a deal that is not known, whatever it says', () => {
    expect(typesAfter(report('opened'))).toEqual(['opened']);
    expect(typesAfter(report('changed', { stage: 'proposal' }))).toEqual(['opened']);
    expect(typesAfter(report('won', { value: euros(5) }))).toEqual(['opened', 'won']);
    expect(typesAfter(report('lost'))).toEqual(['opened', 'lost']);
    expect(typesAfter(report('renewed', { value: euros(5) }))).toEqual(['opened', 'won', 'renewed']);
    expect(typesAfter(report('churned'))).toEqual(['opened']);
  });

  it('moves a known one along', () => {
    expect(
      typesAfter(
        report('opened', { value: euros(5) }),
        report('changed', { stage: 'proposal' }),
        report('changed', { stage: 'proposal' }),
        report('won'),
        report('renewed', { value: euros(7) }),
        report('churned'),
      ),
    ).toEqual(['opened', 'changed', 'won', 'renewed', 'churned']);
    expect(after(report('opened', { value: euros(5) }), report('won')).deal).toMatchObject({
      status: 'won',
      value: euros(5),
      decision: { by: null },
    });
  });

  it('without a value wins for an amount that is not known', () => {
    expect(after(report('won')).deal.value).toEqual({ amount: 0, currency: 'XXX' });
  });

  it('without a reason loses for an unknown one', () => {
    expect(after(report('lost')).deal.decision).toMatchObject({ reason: 'unknown' });
  });

  it('changes nothing when it is older than the last one, or contradicts what was decided', () => {
    const late = { ...unknown, origin: { ...origin, reportedAt: hour(5) } };
    expect(applyReport(report('won'), late)).toEqual([]);
    expect(typesAfter(report('lost'), report('won'), report('changed', { stage: 'x' }))).toEqual([
      'opened',
      'lost',
    ]);
    expect(typesAfter(report('won'), report('lost'), report('won'))).toEqual(['opened', 'won']);
  });

  it('repeated any number of times changes nothing more, but for renewals', () => {
    const what = fc.constantFrom(...DEAL_REPORTS.filter((each) => each !== 'renewed'));
    fc.assert(
      fc.property(fc.array(what, { minLength: 1, maxLength: 12 }), (all) => {
        const once = after(...all.map((each) => report(each, { value: euros(5), stage: 'proposal' })));
        const last = report(all.at(-1)!, { value: euros(5), stage: 'proposal' });
        expect(applyReport(last, once.deal)).toEqual([]);
        expect(once.deal.version).toBe(once.events.length);
      }),
    );
  });
});
