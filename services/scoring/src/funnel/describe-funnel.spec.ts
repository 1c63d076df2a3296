import { describe, expect, it } from '@jest/globals';
import { defaultFunnel } from './default-funnel.js';
import { describeFunnel } from './describe-funnel.js';

describe('a funnel in words', () => {
  const words = describeFunnel(defaultFunnel).map((sentence) => sentence.words);

  it.each([
    '1. Visitor: every lead',
    '2. Lead: as long as identified is true',
    '4. Sales accepted: when a seller accepts the lead',
    'Recycled: rejected for now, eligible again after 30 days or at the date the seller names',
    'Disqualified: rejected for good',
    'Leads are offered to sales from “Marketing qualified” on',
  ])('says “%s”', (sentence) => {
    expect(words).toContain(sentence);
  });
});
