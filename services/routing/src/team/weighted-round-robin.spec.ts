import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Candidate, Team } from './team.js';
import { afterAssignment, pointerOnReturn, selectSeller } from './weighted-round-robin.js';

type Random = () => number;

const seller = (name: string, more: Partial<Candidate> = {}): Candidate => ({
  id: name.toLowerCase(),
  name,
  weight: 1,
  pointer: 0,
  available: true,
  open: 0,
  maxOpen: null,
  today: 0,
  maxPerDay: null,
  ...more,
});
const team = (...sellers: Candidate[]): Team => ({ name: 'Sales', sellers });

/** Assigns so many leads and counts those of each seller. */
const assignAll = (leads: number, from: Team, random: Random, avoid = new Set<string>()) => {
  const got: Record<string, number> = Object.fromEntries(from.sellers.map(({ id }) => [id, 0]));
  let now = from;
  for (let n = 0; n < leads; n++) {
    const selection = selectSeller(now, avoid, random);
    if (selection.seller) got[selection.seller.id] = (got[selection.seller.id] ?? 0) + 1;
    now = selection.team;
  }
  return { got, team: now };
};

const randomNumbers = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })).map(
  (stream): Random =>
    () =>
      stream.next().value as number,
);

describe('the weighted round robin', () => {
  it('gives three sellers ten of thirty leads each, whatever the random numbers', () => {
    fc.assert(
      fc.property(randomNumbers, (random) => {
        const { got } = assignAll(30, team(seller('Sam'), seller('Ann'), seller('Bob')), random);
        expect(got).toEqual({ sam: 10, ann: 10, bob: 10 });
      }),
    );
  });

  it('decides ties at random, so that the first of the list does not get every odd lead', () => {
    const sellers = team(seller('Sam'), seller('Ann'), seller('Bob'));
    const first = [0, 0.34, 0.99].map((number) => selectSeller(sellers, new Set(), () => number).seller?.id);
    expect(first).toEqual(['sam', 'ann', 'bob']);
  });

  it('spreads two hundred at once by weight, never off by more than one round', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(weights, randomNumbers, (each, random) => {
        const sellers = each.map((weight, n) => seller(`S${n}`, { weight }));
        const { got } = assignAll(200, team(...sellers), random);
        const total = each.reduce((sum, weight) => sum + weight, 0);
        for (const { id, weight } of sellers) {
          expect(Math.abs((got[id] ?? 0) - (200 * weight) / total)).toBeLessThanOrEqual(weight + 1);
        }
      }),
    );
  });

  it('never selects a seller who is away, at a limit, or to be avoided', () => {
    const limit = fc.option(fc.integer({ min: 0, max: 20 }));
    const anyone = fc.record({
      available: fc.boolean(),
      maxOpen: limit,
      maxPerDay: limit,
      avoided: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyone, { maxLength: 6 }), randomNumbers, (people, random) => {
        const sellers = people.map((person, n) => seller(`S${n}`, person));
        const avoid = new Set(sellers.filter((_, n) => people[n]?.avoided).map(({ id }) => id));
        const { got } = assignAll(50, team(...sellers), random, avoid);
        for (const { id, available, maxOpen, maxPerDay } of sellers) {
          const most = available && !avoid.has(id) ? Math.min(maxOpen ?? 50, maxPerDay ?? 50) : 0;
          expect(got[id]).toBeLessThanOrEqual(most);
        }
      }),
    );
  });

  it('continues with the others when one has reached a limit, without a backlog for that one', () => {
    const full = seller('Sam', { maxOpen: 2 });
    const { got, team: later } = assignAll(22, team(full, seller('Ann'), seller('Bob')), () => 0);
    expect(got).toEqual({ sam: 2, ann: 10, bob: 10 });
    const freed = later.sellers.map((each) => (each.id === 'sam' ? { ...each, maxOpen: null } : each));
    expect(assignAll(31, team(...freed), () => 0).got).toEqual({ sam: 11, ann: 10, bob: 10 });
  });

  it('starts a seller who is new or back at the average of those available', () => {
    const others = [
      seller('Ann', { pointer: 10 }),
      seller('Bob', { pointer: 12 }),
      seller('Cy', { pointer: 90, available: false }),
    ];
    expect(pointerOnReturn(others)).toBe(11);
    expect(pointerOnReturn([])).toBe(0);
    const back = seller('Sam', { pointer: pointerOnReturn(others) });
    const { got } = assignAll(30, team(...others, back), () => 0);
    expect(got['sam']).toBe(10);
  });

  it('counts a lead given by name as a turn', () => {
    const after = afterAssignment(team(seller('Sam', { weight: 2 }), seller('Ann')), 'sam');
    expect(after.sellers[0]).toMatchObject({ pointer: 0.5, open: 1, today: 1 });
    expect(selectSeller(after, new Set(), () => 0).seller?.id).toBe('ann');
  });
});

describe('the reason', () => {
  it('lists the sellers passed over, and why', () => {
    const selection = selectSeller(
      team(seller('Sam'), seller('Ann', { available: false }), seller('Bob', { open: 5, maxOpen: 5 })),
      new Set(),
      () => 0,
    );
    expect(selection.why).toBe(
      'next in turn in team Sales (the only one who can take it); Ann is away, Bob has 5 of 5 open',
    );
  });

  it('says why no seller can take it', () => {
    expect(selectSeller(team(), new Set(), () => 0)).toMatchObject({
      seller: null,
      why: 'team Sales has no sellers',
    });
    const selection = selectSeller(
      team(seller('Sam', { today: 3, maxPerDay: 3 }), seller('Ann')),
      new Set(['ann']),
      () => 0,
    );
    expect(selection.why).toBe(
      'no seller of team Sales can take it; Sam got 3 of 3 today, Ann had this lead before',
    );
  });

  it('fits the contract however many were passed over and however long their names', () => {
    const crowd = Array.from({ length: 60 }, (_, n) =>
      seller(`${'N'.repeat(250)}${n}`, { available: false }),
    );
    expect(selectSeller(team(...crowd), new Set(), () => 0).why.length).toBeLessThanOrEqual(512);
    const short = Array.from({ length: 60 }, (_, n) => seller(`S${n}`, { available: false }));
    expect(selectSeller(team(...short), new Set(), () => 0).why).toMatch(/and 55 more$/);
  });

  it('gives a reason that the database can store, however the names are cut', () => {
    for (let length = 430; length < 520; length += 1) {
      const full = team(seller('a'.repeat(length) + '🎈'.repeat(40), { available: false }));
      const { why } = selectSeller(full, new Set(), () => 0);
      expect(why).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
    }
  });
});
