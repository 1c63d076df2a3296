import { describe, expect, it } from '@jest/globals';
import { dealText, unlistedText } from './account-texts.js';
import { peopleText } from '../lead/people-text.js';

const account = {
  domain: 'e.example',
  name: 'E',
  people: 1,
  engagedPeople: 0,
  points: 0,
  isCustomer: false,
};

describe('an account in words', () => {
  it.each([
    [1, 0, '1 person, 0 engaged'],
    [12_000, 1_500, '12,000 people, 1,500 engaged'],
  ])('has %d people, %d of them engaged', (people, engagedPeople, text) => {
    expect(peopleText({ ...account, people, engagedPeople })).toBe(text);
  });

  it.each([
    [{ state: 'won', count: 2, amount: 12_000, currency: 'EUR' }, '2 won · €12,000'],
    [{ state: 'open', count: 1, amount: null, currency: null }, '1 open'],
    [{ state: 'lost', count: 1, amount: 5, currency: 'XXX' }, '1 lost · amount unknown'],
  ])('has deals: %j', (deal, text) => expect(dealText(deal)).toBe(text));

  it('says how many of its people are listed, unless all are', () => {
    expect(unlistedText({ people: 3, leads: [] })).toBe('0 of 3 listed: those you see, highest score first.');
    expect(unlistedText({ people: 0, leads: [] })).toBeNull();
  });
});
