import { HandoffAccepted, HandoffOffered, HandoffQualified, HandoffReassigned } from '@baton/contracts';
import { eventOf } from '@baton/testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accepted, mergedOffers, offered, qualified, reassigned } from './offer-facts.js';

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
  });

  it('are one per offer with the first of each instant, in whatever order they come', () => {
    const facts = [
      ...offered(eventOf(HandoffOffered)),
      ...accepted(eventOf(HandoffAccepted)),
      ...accepted(eventOf(HandoffAccepted, { acceptedAt: '2026-01-05T09:30:00.000Z' })),
      ...qualified(eventOf(HandoffQualified)),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray([...facts, ...facts], { minLength: 8 }), (shuffled) => {
        expect(mergedOffers(shuffled)).toEqual([
          expect.objectContaining({
            offer: 1,
            offeredAt: '2026-01-05T09:00:01.000Z',
            acceptDueAt: '2026-01-06T09:00:01.000Z',
            acceptedAt: '2026-01-05T09:30:00.000Z',
            touchDueAt: '2026-01-06T10:00:00.000Z',
            touchedAt: '2026-01-07T10:00:00.000Z',
            qualifiedAt: '2026-01-07T10:00:00.000Z',
          }),
        ]);
      }),
    );
  });
});
