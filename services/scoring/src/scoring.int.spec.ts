import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { randomUUID } from 'node:crypto';
import { TestScoring, TRACE } from './scoring.example.js';

let app: TestScoring;

beforeAll(async () => {
  app = await TestScoring.open();
}, 120_000);

afterAll(() => app?.close());

const address = (): string => `${randomUUID()}@engines.example`;
const rowsOf = async (table: string, values: readonly unknown[] = []): Promise<number> => {
  const [row] = await app.db.database.rows<{ count: number }>(
    `select count(*)::integer as count from ${table}`,
    values,
  );
  return row!.count;
};
const snapshot = async () => ({
  events: app.events.length,
  leads: await rowsOf('leads'),
  versions: await app.db.database.rows('select id, version, points from leads order by id'),
  activities: await rowsOf('activities'),
  identifiers: await rowsOf('identifiers'),
  steps: await rowsOf('stage_changes'),
});

describe('a form submission that makes a lead sales-ready', () => {
  it('creates one lead and publishes its events in sequence, in the trace of the form', async () => {
    const email = address();
    await app.publishActivities(app.salesReadyForm(email));
    await app.caughtUp();
    const [lead] = await app.search({ email: ` ${email.toUpperCase()} ` });
    expect(lead).toMatchObject({
      ...{ stage: 'mql', owner: null, channel: 'paid-search', campaign: 'spring-launch' },
      traits: { email, name: 'Ada King', company: 'Engines Ltd', employees: 250 },
    });
    const events = await eventually(() => {
      expect(app.eventsOf(lead.id)).toHaveLength(3);
      return app.eventsOf(lead.id);
    });
    expect(events.map(({ type, sequence }) => [type, sequence])).toEqual([
      ['created', 1],
      ['scored', 2],
      ['stage-changed', 3],
    ]);
    expect(events[2]?.data).toMatchObject({
      from: 'visitor',
      to: 'mql',
      salesReady: true,
      funnelId: 'funnel-1',
    });
    for (const { traceparent } of events) expect(traceparent).toContain(TRACE.split('-')[1]);
  });
});

describe('the same event', () => {
  it('sent ten times is one activity', async () => {
    const email = address();
    const form = app.salesReadyForm(email);
    await app.publishActivities(...Array<typeof form>(5).fill(form));
    for (let again = 0; again < 5; again += 1) await app.publishActivities(form);
    await app.caughtUp();
    const [lead] = await app.search({ email });
    const { body } = await (await app.as(app.manager)).get(`/leads/${lead.id}/activities`);
    expect(body.items.map(({ id }: any) => id)).toEqual([form.activityId]);
    expect(await rowsOf(`activities where id = '${form.activityId}'`)).toBe(1);
    await eventually(() => expect(app.typesOf(lead.id)).toEqual(['created', 'scored', 'stage-changed']));
  });

  it('read again with all others changes nothing', async () => {
    const form = app.salesReadyForm(address());
    await app.publishActivities(
      form,
      app.activity({ identifiers: { anonymousId: 'null' } }),
      app.activity({ bot: true }),
    );
    await app.readyLead();
    const before = await eventually(async () => {
      const now = await snapshot();
      const [row] = await app.db.database.rows<{ sum: number }>(
        'select sum(version)::integer as sum from leads',
      );
      expect(now.events).toBe(row!.sum);
      return now;
    });
    await app.rereadTopics();
    await app.caughtUp();
    expect(await snapshot()).toEqual(before);
  });
});

describe('activities out of order', () => {
  it('make the same lead as in order', async () => {
    const now = app.clock.now().getTime();
    const at = (hours: number) => ({ occurredAt: new Date(now - hours * 3_600_000).toISOString() });
    const activities = (email: string) => [
      app.activity({ identifiers: { email }, pageUrl: 'https://e.example/pricing', ...at(72) }),
      app.activity({ identifiers: { email }, kind: 'track', name: 'Webinar Attended', ...at(48) }),
      app.activity({
        identifiers: { email },
        kind: 'track',
        name: 'Unsubscribed',
        marketingConsent: false,
        ...at(30),
      }),
      app.salesReadyForm(email, at(24)),
      app.activity({ identifiers: { email }, kind: 'identify', traits: { employees: 9 }, ...at(1) }),
    ];
    const [one, other] = [address(), address()];
    for (const activity of activities(one)) await app.publishActivities(activity);
    for (const activity of activities(other).reverse()) await app.publishActivities(activity);
    await app.caughtUp();
    const [[inOrder], [reversed]] = [await app.search({ email: one }), await app.search({ email: other })];
    const result = ({ stage, score, traits: { email: _, ...traits } }: any) => ({ stage, score, traits });
    expect(result(reversed)).toEqual(result(inOrder));
    expect(inOrder.stage).toBe('mql');
  });
});

describe('one person in several partitions at once', () => {
  it('is one lead, whichever partition is read first', async () => {
    const people = [...Array(20).keys()].map(() => ({ email: address(), userId: randomUUID() }));
    const keys = [...Array(6).keys()].map((key) => `key-${key}`);
    const before = await rowsOf('leads');
    await Promise.all(
      keys.map((personKey, index) =>
        app.publishActivities(
          ...people.map(({ email, userId }) => {
            const anonymousId = randomUUID();
            const identifiers = index % 2 ? { email, anonymousId } : { email, userId, anonymousId };
            return app.activity({ personKey, identifiers });
          }),
        ),
      ),
    );
    await app.caughtUp();
    expect(await rowsOf('leads')).toBe(before + people.length);
    const [mixed] = await app.db.database.rows<{ count: number }>(
      `select count(*)::integer as count from activities join identifiers using (profile_id)
       where identifiers.value = any($1)`,
      [people.map(({ email }) => email)],
    );
    expect(mixed!.count).toBe(people.length * keys.length);
  });
});

describe('one known person in several partitions at once', () => {
  it('has contiguous sequences and the score of the whole history', async () => {
    const people = [...Array(20).keys()].map(() => ({ email: address() }));
    await app.publishActivities(...people.map((identifiers) => app.activity({ identifiers })));
    await app.caughtUp();
    await Promise.all(
      [...Array(6).keys()].map((key) =>
        app.publishActivities(
          ...people.map((identifiers) => app.activity({ personKey: `partition-${key}`, identifiers })),
        ),
      ),
    );
    await app.caughtUp();
    const manager = await app.as(app.manager);
    for (const { email } of people) {
      const [lead] = await app.search({ email });
      const { body } = await manager.get(`/leads/${lead.id}/score`);
      expect(body.contributions.filter(({ rule }: any) => rule === 'page')).toHaveLength(7);
      expect(lead.score.engagement).toBeCloseTo(body.engagement, 1);
      const versions = await eventually(async () => {
        const [row] = await app.db.database.rows<{ version: number }>(
          'select version from leads where id = $1',
          [lead.id],
        );
        const sequences = app.eventsOf(lead.id).map(({ sequence }) => sequence);
        expect(sequences).toHaveLength(row!.version);
        return sequences;
      });
      expect(versions).toEqual(versions.map((_, index) => index + 1));
    }
  });
});

describe('robots', () => {
  it('are stored and make no lead, until a person uses the same identifiers', async () => {
    const visitors = [...Array(20).keys()].map(() => randomUUID());
    const email = address();
    const idsOf = async () => (await app.search({ limit: 200 })).map(({ id }) => id);
    const [before, leads] = [await idsOf(), await rowsOf('leads')];
    const events = await eventually(async () => {
      const [row] = await app.db.database.rows<{ sum: number }>(
        'select sum(version)::integer as sum from leads',
      );
      expect(app.events).toHaveLength(row!.sum);
      return app.events.length;
    });
    const crawled = visitors.map((anonymousId) => app.activity({ identifiers: { anonymousId }, bot: true }));
    const form = app.salesReadyForm(email, { bot: true, channel: 'email' });
    await app.publishActivities(...crawled, form);
    await app.caughtUp();
    expect(await idsOf()).toEqual(before);
    expect(await app.search({ email })).toEqual([]);
    expect([await rowsOf('leads'), await rowsOf('identifiers where value = any($1)', [visitors])]).toEqual([
      leads,
      0,
    ]);
    expect(
      await rowsOf('activities where id = any($1) and bot', [crawled.map((each) => each.activityId)]),
    ).toBe(20);
    const anonymousId = visitors[0]!;
    await app.publishActivities(app.salesReadyForm(email, { identifiers: { email, anonymousId } }));
    await app.publishActivities({ ...form, activityId: randomUUID() });
    await app.caughtUp();
    const [lead] = await app.search({ email });
    expect(lead).toMatchObject({ stage: 'mql', channel: 'paid-search', campaign: 'spring-launch' });
    await eventually(() => expect(app.typesOf(lead.id)).toEqual(['created', 'scored', 'stage-changed']));
    expect(app.events).toHaveLength(events + 3);
    const { body } = await (await app.as(app.manager)).get(`/leads/${lead.id}/activities`);
    expect(body.items.map(({ bot }: any) => bot).sort()).toEqual([false, true]);
  });
});

describe('a visitor on a second device', () => {
  it('is merged into the person', async () => {
    const email = address();
    const [laptop, phone] = [randomUUID(), randomUUID()];
    const one = app.salesReadyForm(email, { identifiers: { email, anonymousId: laptop } });
    await app.publishActivities(one);
    await app.publishActivities(app.activity({ identifiers: { anonymousId: phone } }));
    await app.caughtUp();
    await app.publishActivities(app.activity({ identifiers: { email, anonymousId: phone } }));
    await app.caughtUp();
    await app.publishActivities(app.activity({ identifiers: { anonymousId: phone } }));
    await app.caughtUp();
    const [lead] = await app.search({ email });
    const { identifiers } = await app.lead(lead.id);
    expect(identifiers.map(({ value }: any) => value).sort()).toEqual([email, laptop, phone].sort());
    const { body } = await (await app.as(app.manager)).get(`/leads/${lead.id}/activities`);
    expect(body.items).toHaveLength(4);
  });
});

describe('a message that breaks its contract', () => {
  it('is a dead letter, and its neighbours are scored', async () => {
    const [first, second] = [address(), address()];
    const broken = {
      ...app.salesReadyForm(address()),
      activityId: randomUUID(),
      name: 'nul \u0000 character',
    };
    await app.publishActivities(app.salesReadyForm(first, { personKey: 'k' }));
    await app.publishActivities({ ...broken, personKey: 'k' });
    await app.publishActivities(app.salesReadyForm(second, { personKey: 'k' }));
    await app.caughtUp();
    expect(await app.search({ email: first })).toHaveLength(1);
    expect(await app.search({ email: second })).toHaveLength(1);
    expect(await rowsOf(`activity_ids where id = '${broken.activityId}'`)).toBe(0);
  });
});
