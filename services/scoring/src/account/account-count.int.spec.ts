import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '@baton/platform';
import { testUser } from '@baton/testing/service';
import fc from 'fast-check';
import { TestBatches } from '../lead/batch.example.js';
import { activity, salesReadyForm } from '../lead/lead.example.js';
import { emailTraitsOf } from '../activity/email-traits.js';
import { accountDomainOf } from './account-domain.js';
import { AccountCountStore } from './account-count.store.js';
import { AccountStore } from './account.store.js';

let batches: TestBatches;
const counts = new AccountCountStore();
const marketing = testUser('Max Marketing', 'marketing');

beforeAll(async () => {
  batches = await TestBatches.start();
}, 120_000);

beforeEach(() => batches.reset());

afterAll(() => batches?.db.drop());

let hours = 0;
/** Counts what changed, an hour after the last count, until nothing is left. */
const count = (now = new Date(Date.now() + (hours += 1) * 3_600_000)): Promise<readonly string[]> =>
  batches.db.database.transaction(async (tx) => {
    const { domains } = await counts.take(tx, now);
    await counts.count(tx, domains, now);
    return domains;
  });

const accountOf = async (domain: string) =>
  (await new AccountStore().of(batches.db.database, [domain])).get(domain);

interface LeadNow {
  readonly id: string;
  readonly traits: Record<string, unknown>;
  readonly engagement: number;
  readonly won: boolean;
}

/** All leads that people see, from the table and its traits alone. */
const leadsNow = (): Promise<LeadNow[]> =>
  batches.db.database.rows<LeadNow>(
    `select id, traits, engagement, coalesce(sales_status->'verdicts' ? 'deal-won', false) as won
     from leads where merged_into is null and created_at < 'infinity'`,
  );

const nameOf = (leads: readonly LeadNow[], domain: string): string => {
  const named = new Map<string, number>();
  for (const { traits } of leads)
    if (typeof traits['company'] === 'string')
      named.set(traits['company'], (named.get(traits['company']) ?? 0) + 1);
  const [first] = [...named].sort(([one, n], [other, m]) => m - n || (one < other ? -1 : 1));
  return first?.[0] ?? domain;
};

const recounted = async () => {
  const byDomain = new Map<string, LeadNow[]>();
  for (const lead of await leadsNow()) {
    const domain = accountDomainOf(lead.traits);
    if (domain !== null) byDomain.set(domain, [...(byDomain.get(domain) ?? []), lead]);
  }
  return [...byDomain]
    .map(([domain, leads]) => ({
      domain,
      name: nameOf(leads, domain),
      people: leads.length,
      engagedPeople: leads.filter(({ engagement }) => engagement > 0).length,
      points: Math.round(leads.reduce((sum, { engagement }) => sum + engagement * 100, 0)) / 100,
      isCustomer: leads.some(({ won }) => won),
    }))
    .sort((one, other) => (one.domain < other.domain ? -1 : 1));
};

const stored = () =>
  batches.db.database.rows(
    `select domain, name, people, engaged_people as "engagedPeople", points, is_customer as "isCustomer"
     from accounts order by domain collate "C"`,
  );

const EMAILS = [
  ...['ada@engines.example', 'bob@mail.engines.example', 'cy@zuse.example'],
  ...['dan@gmail.com', 'info@engines.example'],
];

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('activities' as const),
      calls: fc.array(
        fc.record({
          identifiers: fc
            .record(
              { email: fc.constantFrom(...EMAILS), userId: fc.constantFrom('u1', 'u2', 'u3') },
              { requiredKeys: [] },
            )
            .filter(({ email, userId }) => email !== undefined || userId !== undefined),
          company: fc.option(fc.constantFrom<unknown>('Engines', 'Zuse', { name: 'x' }), { nil: undefined }),
          daysAgo: fc.integer({ min: 0, max: 200 }),
          isForm: fc.boolean(),
        }),
        { minLength: 1, maxLength: 5 },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('merge' as const), one: fc.nat(9), other: fc.nat(9) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo' as const), index: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('win' as const), index: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('erase' as const), index: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('count' as const) }) },
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const pick = <Value>(values: readonly Value[], index: number): Value | undefined =>
  values[index % Math.max(1, values.length)];

/** A decision that cannot be made, such as merging a lead with itself, changes nothing. */
const ifPossible = async (decision: () => Promise<unknown>): Promise<void> => {
  await decision().catch((fault: unknown) => {
    if (!(fault instanceof DomainError)) throw fault;
  });
};

const apply = async (each: Step): Promise<void> => {
  const { database } = batches.db;
  if (each.kind === 'count') return void (await count());
  if (each.kind === 'activities') {
    const calls = each.calls.map(({ identifiers, company, daysAgo, isForm }) => {
      const more = { identifiers, ...(company === undefined ? {} : { traits: { company } }) };
      return isForm ? salesReadyForm(more, daysAgo) : activity(more, daysAgo);
    });
    return void (await batches.handle(calls));
  }
  const leads = (await leadsNow()).map(({ id }) => id).sort();
  if (each.kind === 'merge') {
    const [one, other] = [pick(leads, each.one), pick(leads, each.other)];
    if (one && other && one !== other) await ifPossible(() => batches.merges.merge([one, other], marketing));
    return;
  }
  if (each.kind === 'undo') {
    const links = await database.rows<{ id: string; lead_id: string }>(
      `select links.id, lead_id from links join identifiers on profile_id = one
       where undone_at is null order by one, other`,
    );
    const link = pick(links, each.index);
    if (link) await ifPossible(() => batches.merges.undo(link.lead_id, link.id, marketing));
    return;
  }
  const id = pick(leads, each.index);
  if (!id) return;
  if (each.kind === 'win')
    await database.rows(
      `update leads set sales_status = '{"state":"working","verdicts":["deal-won"]}' where id = $1`,
      [id],
    );
  else {
    await database.rows('delete from identifiers where lead_id = $1', [id]);
    await database.rows('delete from leads where id = $1 or merged_into = $1', [id]);
  }
};

describe('accounts', () => {
  it('are what a recount of all leads gives, after activities, merges, undos, won deals and erasures', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), async (steps) => {
        await batches.reset();
        for (const each of steps) await apply(each);
        await count();
        expect(await stored()).toEqual(await recounted());
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('are the same after the same activities again, in other batches', async () => {
    const calls = EMAILS.map((email) => salesReadyForm({ identifiers: { email } }));
    await batches.handle(calls);
    await count();
    const before = await stored();
    for (const call of [...calls].reverse()) await batches.handle([call]);
    await count();
    expect(await stored()).toEqual(before);
    expect(before).toMatchObject([
      { domain: 'engines.example', name: 'Engines Ltd', people: 3, engagedPeople: 3 },
      { domain: 'zuse.example', people: 1 },
    ]);
  });

  it('lose a person who has another address, and are gone without people', async () => {
    const named = (email: string, daysAgo: number) =>
      activity({ kind: 'identify', identifiers: { userId: 'u1', email } }, daysAgo);
    await batches.handle([named('ada@engines.example', 3)]);
    await count();
    expect(await accountOf('engines.example')).toMatchObject({ people: 1 });
    await batches.handle([named('ada@zuse.example', 2)]);
    await count();
    expect(await accountOf('engines.example')).toBeUndefined();
    expect(await accountOf('zuse.example')).toMatchObject({ people: 1, name: 'zuse.example' });
    await batches.handle([named('ada@gmail.com', 1)]);
    await count();
    expect(await stored()).toEqual([]);
    expect(accountDomainOf({ ...emailTraitsOf('ada@gmail.com') })).toBeNull();
  });

  it('are counted only when something changed that a count reads, and know since when their facts hold', async () => {
    const person = { email: 'ada@engines.example', anonymousId: '4d1c' };
    await batches.handle([salesReadyForm({ identifiers: person })]);
    expect(await count()).toEqual(['engines.example']);
    const { changedAt } = (await accountOf('engines.example'))!;
    await batches.handle([activity({ identifiers: person, kind: 'identify', traits: { shoe: 42 } })]);
    expect(await count()).toEqual([]);
    await batches.handle([activity({ identifiers: person, kind: 'identify', traits: { company: 'E' } }, -1)]);
    expect(await count()).toEqual(['engines.example']);
    expect(await accountOf('engines.example')).toMatchObject({ name: 'E', changedAt });
    await batches.handle([salesReadyForm({ identifiers: { email: 'bob@engines.example' } })]);
    await count();
    expect((await accountOf('engines.example'))!.changedAt).toBeGreaterThan(changedAt);
  });

  it('are noted once for each statement, however many of their leads it writes', async () => {
    const { database } = batches.db;
    const noted = () => database.rows('select domain from account_changes order by domain');
    await batches.handle(EMAILS.map((email) => salesReadyForm({ identifiers: { email } })));
    expect(await noted()).toEqual([{ domain: 'engines.example' }, { domain: 'zuse.example' }]);
    await count();
    await database.rows('update leads set last_activity_at = now(), points = points + 1');
    expect(await noted()).toEqual([]);
    await database.rows('update leads set engagement = engagement + 1');
    expect(await noted()).toEqual([{ domain: 'engines.example' }, { domain: 'zuse.example' }]);
  });

  it('rest after a count for as long as they are large, and lose no change by it', async () => {
    await batches.handle([salesReadyForm({ identifiers: { email: 'ada@engines.example' } })]);
    const start = new Date(Date.now() + (hours += 1) * 3_600_000);
    await count(start);
    await batches.db.database.rows('update accounts set people = 10000');
    await batches.handle([salesReadyForm({ identifiers: { email: 'bob@engines.example' } })]);
    expect(await count(new Date(start.getTime() + 9_999))).toEqual([]);
    expect(await count(new Date(start.getTime() + 10_000))).toEqual(['engines.example']);
    expect(await accountOf('engines.example')).toMatchObject({ people: 2 });
  });

  it('of one domain make no batch wait for another', async () => {
    const { database } = batches.db;
    await database.transaction(async (tx) => {
      await tx.rows(`insert into account_changes values ('engines.example')`);
      await tx.rows(`set local lock_timeout = '1s'`);
      await batches.handle([salesReadyForm({ identifiers: { email: 'ada@engines.example' } })]);
      expect(await count()).toEqual(['engines.example']);
    });
    expect(await count()).toEqual(['engines.example']);
  });
});
