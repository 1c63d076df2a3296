import { describe, expect, it } from '@jest/globals';
import { Allocation } from '../team/allocation.js';
import { tagsOf } from '../team/needs.js';
import type { Candidate } from '../team/team.js';
import { accountOf, choose, type Owner, type Owners } from './choose.js';
import { existingSteps } from './compile-rules.js';
import { routingRules } from './routing-rules.kind.js';

const seller = (
  name: string,
  { profile = {}, ...more }: Partial<Candidate> & { profile?: object } = {},
): Candidate => ({
  id: name.toLowerCase(),
  name,
  weight: 1,
  pointer: 0,
  available: true,
  restingSince: null,
  open: 0,
  maxOpen: null,
  today: 0,
  maxPerDay: null,
  calendarId: null,
  absences: [],
  lastOfferAt: null,
  tags: tagsOf({ skills: [], languages: [], territories: [], ...profile }),
  ...more,
});

const document: any = {
  territories: [
    { name: 'EMEA' },
    { name: 'DACH', within: 'EMEA', when: { fact: 'country', in: ['DE', 'AT', 'CH'] } },
  ],
  rules: [
    { key: 'lead', name: 'Again', to: { owner: 'lead' } },
    { key: 'account', name: 'Account', to: { owner: 'account' } },
    {
      key: 'area',
      name: 'Area',
      when: { fact: 'country', exists: true },
      to: { team: 'Field', territory: true },
    },
  ],
  fallback: { team: 'Sales' },
};

const office = (field: Candidate[], sales: Candidate[] = [seller('Sally')]) =>
  new Map(
    Object.entries({ Field: field, Sales: sales }).map(([name, sellers]) => [
      name,
      new Allocation(
        { name, sellers },
        () => 0,
        0,
        () => ({}) as never,
      ),
    ]),
  );

const ownersOf = (lead: Record<string, Owner> = {}, account: Record<string, Owner> = {}): Owners => ({
  lead: new Map(Object.entries(lead)),
  account: new Map(Object.entries(account)),
});

const leadOf = (facts: object, avoid: string[] = []) => ({
  leadId: 'l1',
  avoid,
  facts,
  rulesId: 'routing-rules-2',
  route: existingSteps(routingRules.compile(document).routeOf(facts), ['Field', 'Sales']),
});

const emil = seller('Emil', { profile: { territories: ['EMEA'] } });
const frank = seller('Frank', { profile: { territories: ['fr'] } });

describe('the choice', () => {
  it.each([
    ['a territory of the region that includes the country', { country: 'DE' }, 'emil', 'Area'],
    ['a country that no territory names', { country: 'FR' }, 'frank', 'Area'],
    ['the fallback for a country that nobody covers', { country: 'US' }, 'sally', null],
    ['the fallback for a lead of no country', {}, 'sally', null],
  ])('is by %s', (_, facts, sellerId, rule) => {
    const { decision } = choose(leadOf(facts), office([emil, frank]), ownersOf());
    expect(decision).toMatchObject({ sellerId, rule, rulesId: 'routing-rules-2' });
  });

  it('keeps who was asked before, with the reason of each', () => {
    const { decision, why } = choose(leadOf({ country: 'US' }), office([emil, frank]), ownersOf());
    expect(decision!.before!.map(({ team }) => team)).toEqual(['Field']);
    expect(decision!.before![0]!.candidates.map(({ obstacle }) => obstacle)).toEqual([
      'covers no territory of the lead (US)',
      'covers no territory of the lead (US)',
    ]);
    expect(why).toMatch(/^rule “Area”: no seller of team Field can take it; .*; next in turn in team Sales/);
  });

  it('goes to the owner of the lead before that of its account', () => {
    const owners = ownersOf({ l1: { id: 'sally', team: 'Sales' } }, { acme: { id: 'frank', team: 'Field' } });
    const { decision } = choose(leadOf({ country: 'DE', company: ' ACME ' }), office([emil, frank]), owners);
    expect(decision).toMatchObject({
      sellerId: 'sally',
      method: 'owner',
      rule: 'Again',
      why: 'rule “Again”: owner of the lead',
    });
  });

  it.each<[string, Partial<Candidate>, string[], string]>([
    ['is away', { available: false }, [], 'Frank, the owner of the account, is away'],
    ['is at a limit', { maxOpen: 2, open: 2 }, [], 'Frank, the owner of the account, has 2 of 2 open'],
    ['rejected it before', {}, ['frank'], 'Frank, the owner of the account, had this lead before'],
  ])('goes on to the next rule when the owner %s', (_, more, avoid, words) => {
    const owners = ownersOf({}, { acme: { id: 'frank', team: 'Field' } });
    const lead = leadOf({ country: 'DE', company: 'Acme' }, avoid);
    const { decision } = choose(lead, office([emil, { ...frank, ...more }]), owners);
    expect(decision).toMatchObject({ sellerId: 'emil', rule: 'Area' });
    expect(decision!.why).toContain(words);
  });

  it('gives the leads of one account in one batch to one seller', () => {
    const allocations = office([emil, seller('Erna', { profile: { territories: ['DACH'] } })]);
    const owners = ownersOf();
    const chosen = Array.from({ length: 4 }, (_, n) => {
      const facts = { country: 'DE', company: n === 3 ? 'Other' : 'Acme' };
      return choose(leadOf(facts), allocations, owners).seller!.id;
    });
    expect(chosen).toEqual(['emil', 'emil', 'emil', 'erna']);
  });

  it('has a reason when nobody can take the lead', () => {
    const { seller: nobody, why } = choose(leadOf({ country: 'DE' }), office([], []), ownersOf());
    expect(nobody).toBeNull();
    expect(why).toBe('rule “Area”: team Field has no sellers; team Sales has no sellers');
  });
});

it.each([
  [{ company: ' Müller AG ' }, 'muller ag'],
  [{ company: ' ' }, undefined],
  [{}, undefined],
])('the account of %j is %s', (facts, account) => {
  expect(accountOf(facts)).toBe(account);
});
