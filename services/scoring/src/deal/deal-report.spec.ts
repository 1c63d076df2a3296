import { ActivityRecorded, LeadDealReported, type ActivityRecordedV1 } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import { dealReportOf } from './deal-report.js';

const LEAD = '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001';
const activity = (name: string, properties: object, more: Partial<ActivityRecordedV1> = {}) => ({
  ...ActivityRecorded.example,
  kind: 'track' as const,
  name,
  properties: { ...properties },
  ...more,
});
const reportOf = (...given: Parameters<typeof activity>) => dealReportOf(activity(...given), LEAD);

describe('an event about a deal', () => {
  it('is known by its name, whatever its case and punctuation', () => {
    const names = [
      ['Deal Created', 'opened'],
      ['opportunity_created', 'opened'],
      ['deal-stage-changed', 'changed'],
      ['DEAL WON', 'won'],
      ['Order Completed', 'won'],
      ['orderCompleted', 'won'],
      ['Deal Lost', 'lost'],
      ['Subscription Renewed', 'renewed'],
      ['Subscription Cancelled', 'churned'],
      ['Subscription Canceled', 'churned'],
    ] as const;
    for (const [name, what] of names)
      expect(reportOf(name, { deal_id: '7' })).toMatchObject({ what, leadId: LEAD, externalId: '7' });
  });

  it('says which deal, what it is worth, and why it was lost', () => {
    expect(
      reportOf('Deal Lost', {
        opportunityId: 42,
        amount: '1200.50',
        Currency: 'eur',
        stage: 'Closed / Lost',
        'Loss Reason': 'No budget!',
        competitor: ' Difference Machines ',
      }),
    ).toEqual({
      activityId: ActivityRecorded.example.activityId,
      leadId: LEAD,
      sourceId: 'website',
      externalId: '42',
      what: 'lost',
      stage: 'closed-lost',
      value: { amount: 1200.5, currency: 'EUR' },
      reason: 'no-budget',
      competitor: 'Difference Machines',
      occurredAt: ActivityRecorded.example.occurredAt,
    });
    expect(
      reportOf('Order Completed', { order_id: 'o-1', revenue: 5, total: 6, currency: 'USD' })?.value,
    ).toEqual({
      amount: 5,
      currency: 'USD',
    });
  });

  it('without a usable amount or currency has no value', () => {
    const wrong = [{ amount: 5 }, { amount: 'a lot', currency: 'EUR' }, { amount: -1, currency: 'EUR' }];
    for (const properties of [...wrong, { amount: 1e13, currency: 'EUR' }, { amount: 5, currency: 'euro' }])
      expect(reportOf('Deal Won', { id: '1', ...properties })).not.toHaveProperty('value');
  });

  it('is none without an id, of a robot, of another kind or name', () => {
    expect(reportOf('Deal Won', {})).toBeNull();
    expect(reportOf('Deal Won', { id: {} })).toBeNull();
    expect(reportOf('Deal Won', { id: 'x'.repeat(257) })).toBeNull();
    expect(reportOf('Deal Won', { id: '1' }, { bot: true })).toBeNull();
    expect(reportOf('Deal Won', { id: '1' }, { kind: 'page' })).toBeNull();
    for (const name of ['Deal', 'Deal Won Again', 'constructor', ''])
      expect(reportOf(name, { id: '1' })).toBeNull();
  });

  it('never breaks its contract, whatever the properties', () => {
    const hostile = ['x'.repeat(5_000), '🦊'.repeat(200), '--', '', 0, -0, 1e308, null, [], {}, true];
    for (const value of hostile) {
      const report = reportOf('Deal Lost', { id: '1', stage: value, reason: value, competitor: value });
      if (report?.stage) expect(report.stage).toMatch(/^[a-z0-9-]{1,64}$/);
      expect((report?.competitor ?? '').length).toBeLessThanOrEqual(128);
    }
    expect(LeadDealReported.key(LeadDealReported.example)).toBe(LEAD);
  });
});
