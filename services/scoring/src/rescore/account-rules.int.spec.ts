import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DealWon } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { randomUUID } from 'node:crypto';
import { defaultScoringModel } from '../model/default-scoring-model.js';
import { TestScoring } from '../scoring.example.js';

let app: TestScoring;

/** Two engaged people of a company are worth 10 points to each, and a company that buys already costs 60. */
const withAccountRules = {
  ...defaultScoringModel,
  groups: [...defaultScoringModel.groups, { key: 'company-facts', label: 'Account', axis: 'fit', cap: 40 }],
  rules: [
    ...defaultScoringModel.rules,
    {
      key: 'colleagues',
      label: 'colleagues are interested',
      group: 'company-facts',
      when: { fact: 'account.engagedPeople', atLeast: 2 },
      points: 10,
    },
    {
      key: 'buys-already',
      label: 'is a customer',
      group: 'company-facts',
      when: { fact: 'account.isCustomer', is: true },
      points: -60,
    },
  ],
};

beforeAll(async () => {
  app = await TestScoring.open();
  await app.activateDefinition('scoring-model', withAccountRules);
}, 120_000);

afterAll(() => app?.close());

const company = (): string => `${randomUUID().slice(0, 8)}.example`;
const person = (domain: string, more: object = {}) => app.salesReadyForm(`${randomUUID()}@${domain}`, more);

const leadOf = async (activity: { identifiers: { email?: string | undefined } }): Promise<any> => {
  await app.caughtUp();
  return (await app.search({ email: activity.identifiers.email }))[0];
};
const accountOf = async (leadId: string): Promise<any> =>
  (await (await app.as(app.manager)).get(`/leads/${leadId}/score`)).body.account;
const storedFit = async (leadId: string): Promise<number> =>
  (await app.db.database.rows<{ fit: number }>('select fit from leads where id = $1', [leadId]))[0]!.fit;

/** People for whom other conditions on their account held at the last evaluation. */
const behind = (domain: string, match: string) =>
  app.db.database.rows<{ id: string }>(
    'select id from leads where account_domain = $1 and account_match <> $2 and merged_into is null',
    [domain, match],
  );

describe('a rule about the account', () => {
  it('changes the score of a person after an activity of a colleague, and back when they are one person', async () => {
    const domain = company();
    const [ada, bob] = [person(domain), person(`mail.${domain}`)];
    await app.publishActivities(ada);
    const lead = await leadOf(ada);
    const alone = await storedFit(lead.id);
    await app.publishActivities(bob);
    await eventually(async () => expect(await storedFit(lead.id)).toBe(alone + 10));
    const colleague = await leadOf(bob);
    await eventually(async () => expect(await storedFit(colleague.id)).toBe(alone + 10));
    const scored = await eventually(() => {
      const last = app
        .eventsOf(lead.id)
        .filter(({ type }) => type === 'scored')
        .at(-1)!;
      expect(last.data.score.fit).toBe(alone + 10);
      return last;
    });
    expect(scored.data.reasons).toContainEqual({
      rule: 'colleagues',
      label: 'colleagues are interested',
      points: 10,
    });
    await (await app.as(app.manager)).post(`/leads/${colleague.id}/merges`, { leadId: lead.id });
    const [merged] = await app.search({ ids: [lead.id] });
    // Both together have the maximum of points with and without it, which is no change to publish.
    await eventually(async () => expect((await app.lead(merged.id)).score.fit).toBe(alone));
    await eventually(async () => expect(await behind(domain, '00')).toEqual([]));
  });

  it('moves the stage of all people of a customer, and gives the next one the points at once', async () => {
    const domain = company();
    const [ada, bob] = [person(domain), person(domain)];
    await app.publishActivities(ada, bob);
    const [first, second] = [await leadOf(ada), await leadOf(bob)];
    await eventually(async () => expect((await app.lead(second.id)).score.fit).toBeGreaterThan(0));
    await app.publishDealEvent(DealWon, { leadId: first.id, dealId: randomUUID() });
    const moved = await eventually(() => {
      const last = app.eventsOf(second.id).at(-1)!;
      expect(last).toMatchObject({ type: 'stage-changed', data: { to: 'lead' } });
      return last;
    });
    expect(moved.data.cause).toBe('account');
    expect((await app.lead(first.id)).stage).toBe('customer');
    const next = person(domain);
    await app.publishActivities(next);
    expect((await leadOf(next)).stage).toBe('lead');
  });

  it('evaluates a large account in several batches, and the people who were locked meanwhile later', async () => {
    const domain = company();
    const people = Array.from({ length: 600 }, () =>
      app.activity({ kind: 'identify', identifiers: { email: `${randomUUID()}@${domain}` } }),
    );
    await app.publishActivities(...people);
    await app.caughtUp();
    const [locked] = await app.db.database.rows<{ id: string }>(
      'select id from leads where account_domain = $1 order by id limit 1',
      [domain],
    );
    await app.db.database.transaction(async (tx) => {
      await tx.rows('select from leads where id = $1 for update', [locked!.id]);
      await app.publishActivities(person(domain), person(domain));
      await eventually(async () =>
        expect((await behind(domain, '10')).map(({ id }) => id)).toEqual([locked!.id]),
      );
    });
    await eventually(async () => expect(await behind(domain, '10')).toEqual([]));
    await eventually(async () =>
      expect(await app.db.database.rows(`select from timers where kind = 'account'`)).toEqual([]),
    );
  });

  it('is explained with the facts it read, now and since they hold, and not for earlier instants', async () => {
    const domain = company();
    const [ada, bob] = [person(domain), person(domain)];
    await app.publishActivities(ada, bob);
    const lead = await leadOf(ada);
    await eventually(async () =>
      expect(await accountOf(lead.id)).toMatchObject({
        domain,
        people: 2,
        engagedPeople: 2,
        isCustomer: false,
      }),
    );
    await eventually(async () => expect((await app.lead(lead.id)).score.points).toBeGreaterThan(0));
    const manager = await app.as(app.manager);
    const now = (await manager.get(`/leads/${lead.id}/score`)).body;
    expect(now.contributions).toContainEqual(expect.objectContaining({ rule: 'colleagues', points: 10 }));
    const at = async (instant: Date) =>
      (await manager.get(`/leads/${lead.id}/score?at=${instant.toISOString()}`)).body;
    const [{ changed_at: changedAt }] = (await app.db.database.rows<{ changed_at: Date }>(
      'select changed_at from accounts where domain = $1',
      [domain],
    )) as [{ changed_at: Date }];
    const [since, before] = [await at(changedAt), await at(new Date(changedAt.getTime() - 1))];
    expect(since).toMatchObject({ account: { people: 2 }, fit: now.fit });
    expect(before).toMatchObject({ account: null, fit: now.fit - 10 });
  });
});

describe('a model without such rules', () => {
  it('reads no account, and no lead is evaluated for one', async () => {
    await app.activateDefinition('scoring-model', defaultScoringModel);
    const domain = company();
    await app.publishActivities(person(domain), person(domain));
    await app.caughtUp();
    await eventually(async () =>
      expect(await app.db.database.rows('select from accounts where domain = $1', [domain])).toHaveLength(1),
    );
    expect(
      await app.db.database.rows(`select from leads where account_domain = $1 and account_match <> ''`, [
        domain,
      ]),
    ).toEqual([]);
    expect(await app.db.database.rows(`select from timers where kind = 'account'`)).toEqual([]);
  });
});
