import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tagsOf, type Profile } from './needs.js';
import type { Strategy } from './strategy.js';
import type { Candidate, Team } from './team.js';
import { afterAssignment, pointerOnReturn, selectSeller, type Request } from './select-seller.js';

type Random = () => number;

const seller = (
  name: string,
  { profile, ...more }: Partial<Candidate> & { profile?: Partial<Profile> } = {},
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
const team = (...sellers: Candidate[]): Team => ({ name: 'Sales', sellers });

const request = (more: Partial<Request> = {}): Request => ({ avoid: [], random: () => 0, now: 0, ...more });

/** Assigns so many leads and counts those of each seller. */
const assignAll = (leads: number, from: Team, random: Random, avoid: readonly string[] = []) => {
  const got: Record<string, number> = Object.fromEntries(from.sellers.map(({ id }) => [id, 0]));
  let now = from;
  for (let n = 0; n < leads; n++) {
    const selection = selectSeller(now, { avoid, random, now: 0 });
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

  it('gives weights of 3, 2 and 1 their part of six thousand leads within one per cent', () => {
    const sellers = [3, 2, 1].map((weight) => seller(`W${weight}`, { weight }));
    fc.assert(
      fc.property(randomNumbers, (random) => {
        const { got } = assignAll(6_000, team(...sellers), random);
        for (const { id, weight } of sellers)
          expect(Math.abs(got[id]! - 1_000 * weight)).toBeLessThanOrEqual(10 * weight);
      }),
      { numRuns: 10 },
    );
  });

  it('decides ties at random, so that the first of the list does not get every odd lead', () => {
    const sellers = team(seller('Sam'), seller('Ann'), seller('Bob'));
    const first = [0, 0.34, 0.99].map(
      (number) => selectSeller(sellers, request({ random: () => number })).seller?.id,
    );
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
        const avoid = sellers.filter((_, n) => people[n]?.avoided).map(({ id }) => id);
        const { got } = assignAll(50, team(...sellers), random, avoid);
        for (const { id, available, maxOpen, maxPerDay } of sellers) {
          const most = available && !avoid.includes(id) ? Math.min(maxOpen ?? 50, maxPerDay ?? 50) : 0;
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

  it('brings no flood and no echo to one whose absence is over', () => {
    const { team: meanwhile } = assignAll(
      200,
      team(seller('Sam', { available: false }), seller('Ann'), seller('Bob')),
      () => 0,
    );
    const back = meanwhile.sellers.map((each) => (each.id === 'sam' ? { ...each, available: true } : each));
    const { got, team: later } = assignAll(30, team(...back), () => 0);
    // The turn that was going on may be theirs.
    expect(Math.abs(got['sam']! - 10)).toBeLessThanOrEqual(1);
    expect(Math.abs(assignAll(30, later, () => 0).got['sam']! - 10)).toBeLessThanOrEqual(1);
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
    const after = afterAssignment(team(seller('Sam', { weight: 2 }), seller('Ann')), 'sam', 0);
    expect(after.sellers[0]).toMatchObject({ pointer: 0.5, open: 1, today: 1 });
    expect(selectSeller(after, request()).seller?.id).toBe('ann');
  });
});

describe('a pool with needs', () => {
  const german = { languages: ['de'] };
  const sellers = team(seller('Sam'), seller('Ann', { profile: german }), seller('Bob', { profile: german }));

  it('gives its leads in equal parts to those who meet them, and to no others', () => {
    fc.assert(
      fc.property(randomNumbers, (random) => {
        let now = sellers;
        const got = { sam: 0, ann: 0, bob: 0 } as Record<string, number>;
        for (let n = 0; n < 200; n += 1) {
          const selection = selectSeller(now, request({ random, needs: german }));
          got[selection.seller!.id]! += 1;
          now = selection.team;
        }
        expect(got).toEqual({ sam: 0, ann: 100, bob: 100 });
        // Sam is behind by ten turns at most, however many leads he could not get.
        const later = assignAll(30, now, random).got['sam']!;
        expect(later).toBeGreaterThanOrEqual(10);
        expect(later).toBeLessThanOrEqual(18);
      }),
    );
  });

  it('says who does not meet them, in words and for each candidate', () => {
    const { why, decision } = selectSeller(
      team(seller('Sam'), seller('Ann', { profile: german })),
      request({ needs: german }),
    );
    expect(why).toBe('next in turn in team Sales (the only one who can take it); Sam does not speak de');
    expect(decision.candidates.map(({ name, obstacle }) => [name, obstacle])).toEqual([
      ['Ann', null],
      ['Sam', 'does not speak de'],
    ]);
  });
});

describe('a strategy', () => {
  const next = (strategy: Strategy, ...sellers: Candidate[]) =>
    selectSeller(team(...sellers), request({ strategy })).seller?.id;

  it.each<[Strategy, Partial<Candidate>, Partial<Candidate>, string]>([
    ['round-robin', { pointer: 2 }, { pointer: 1, open: 9, lastOfferAt: 9 }, 'ann'],
    ['least-loaded', { open: 2, pointer: 9 }, { open: 3 }, 'sam'],
    ['least-loaded', { open: 2 }, { open: 3, weight: 2 }, 'ann'],
    ['least-loaded', { open: 2, pointer: 1 }, { open: 2 }, 'ann'],
    ['least-loaded', { open: 0, available: false }, { open: 2 }, 'ann'],
    ['longest-waiting', { lastOfferAt: 5 }, { lastOfferAt: 4, pointer: 9 }, 'ann'],
    ['longest-waiting', { lastOfferAt: 5 }, { lastOfferAt: null }, 'ann'],
    ['longest-waiting', { lastOfferAt: 5, pointer: 1 }, { lastOfferAt: 5 }, 'ann'],
    ['longest-waiting', { lastOfferAt: 3 }, { lastOfferAt: 2, open: 1, maxOpen: 1 }, 'sam'],
  ])('%s of Sam %j and Ann %j is %s', (strategy, sam, ann, chosen) => {
    expect(next(strategy, seller('Sam', sam), seller('Ann', ann))).toBe(chosen);
  });

  it.each<Strategy>(['round-robin', 'least-loaded', 'longest-waiting'])(
    '%s spreads a bulk at one moment by weight',
    (strategy) => {
      fc.assert(
        fc.property(randomNumbers, (random) => {
          let now = team(seller('Sam'), seller('Ann'), seller('Bob', { weight: 2 }));
          for (let n = 0; n < 40; n += 1) now = selectSeller(now, request({ random, strategy, now: 7 })).team;
          const counts = now.sellers.map(({ today }) => today);
          expect(counts).toEqual([10, 10, 20]);
        }),
      );
    },
  );

  it('longest-waiting rotates, whatever the weights', () => {
    let now = team(seller('Sam', { weight: 5 }), seller('Ann'), seller('Bob'));
    for (let n = 1; n <= 30; n += 1)
      now = selectSeller(now, request({ strategy: 'longest-waiting', now: n })).team;
    expect(now.sellers.map(({ today }) => today)).toEqual([10, 10, 10]);
  });
});

describe('the reason', () => {
  it('lists the sellers passed over, and why', () => {
    const selection = selectSeller(
      team(seller('Sam'), seller('Ann', { available: false }), seller('Bob', { open: 5, maxOpen: 5 })),
      request(),
    );
    expect(selection.why).toBe(
      'next in turn in team Sales (the only one who can take it); Ann is away, Bob has 5 of 5 open',
    );
  });

  it('says why no seller can take it', () => {
    expect(selectSeller(team(), request())).toMatchObject({
      seller: null,
      why: 'team Sales has no sellers',
    });
    const selection = selectSeller(
      team(seller('Sam', { today: 3, maxPerDay: 3 }), seller('Ann')),
      request({ avoid: ['ann'] }),
    );
    expect(selection.why).toBe(
      'no seller of team Sales can take it; Sam got 3 of 3 today, Ann had this lead before',
    );
  });

  it('fits the contract however many were passed over and however long their names', () => {
    const crowd = Array.from({ length: 60 }, (_, n) =>
      seller(`${'N'.repeat(250)}${n}`, { available: false }),
    );
    expect(selectSeller(team(...crowd), request()).why.length).toBeLessThanOrEqual(512);
    const short = Array.from({ length: 60 }, (_, n) => seller(`S${n}`, { available: false }));
    expect(selectSeller(team(...short), request()).why).toMatch(/and 55 more$/);
  });

  it('gives a reason that the database can store, however the names are cut', () => {
    for (let length = 430; length < 520; length += 1) {
      const full = team(seller('a'.repeat(length) + '🎈'.repeat(40), { available: false }));
      const { why } = selectSeller(full, request());
      expect(why).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
    }
  });
});
