import { HandoffAccepted, HandoffReassigned } from '@baton/contracts';
import { eventOf } from '@baton/testing';
import { describe, expect, it } from '@jest/globals';
import { accepted, reassigned } from './offer-facts.js';

describe('facts of offers', () => {
  it('end one offer where the next begins', () => {
    const [before, after] = reassigned(eventOf(HandoffReassigned));
    expect(before).toEqual({
      handoffId: HandoffReassigned.example.handoffId,
      leadId: HandoffReassigned.example.leadId,
      offer: 1,
      sellerId: HandoffReassigned.example.fromSellerId,
      replacedAt: '2026-01-06T09:00:01.000Z',
    });
    expect(after).toMatchObject({ offer: 2, acceptDueAt: '2026-01-07T09:00:01.000Z' });
    expect(after).toMatchObject({ acceptDueSaidAt: '2026-01-06T09:00:01.000Z' });
  });

  it('name the seller as of the event', () => {
    const [fact] = accepted(eventOf(HandoffAccepted));
    expect(fact).toMatchObject({ sellerName: 'Sam Seller', sellerAt: '2026-01-05T10:00:00.000Z' });
  });
});
