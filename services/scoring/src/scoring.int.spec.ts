import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { randomUUID } from 'node:crypto';
import { ScoringHouse, TRACE } from './scoring.example.js';

let house: ScoringHouse;

beforeAll(async () => {
  house = await ScoringHouse.open();
}, 120_000);

afterAll(() => house?.close());

const address = (): string => `${randomUUID()}@engines.example`;
const rowsOf = async (table: string): Promise<number> => {
  const [row] = await house.db.database.rows<{ count: number }>(
    `select count(*)::integer as count from ${table}`,
  );
  return row!.count;
};
const everything = async () => ({
  told: house.told.length,
  leads: await rowsOf('leads'),
  versions: await house.db.database.rows('select id, version, points from leads order by id'),
  activities: await rowsOf('activities'),
  identifiers: await rowsOf('identifiers'),
  steps: await rowsOf('stage_changes'),
});

describe('a form that makes a stranger sales-ready', () => {
  it('is one lead, said in order with its versions, in the trace of the form', async () => {
    const email = address();
    await house.accept(house.richForm(email));
    await house.caughtUp();
    const [lead] = await house.search({ email: ` ${email.toUpperCase()} ` });
    expect(lead).toMatchObject({
      ...{ stage: 'mql', owner: null, channel: 'paid-search', campaign: 'spring-launch' },
      traits: { email, name: 'Ada King', company: 'Engines Ltd', employees: 250 },
    });
    const told = await eventually(() => {
      expect(house.of(lead.id)).toHaveLength(3);
      return house.of(lead.id);
    });
    expect(told.map(({ type, sequence }) => [type, sequence])).toEqual([
      ['created', 1],
      ['scored', 2],
      ['stage-changed', 3],
    ]);
    expect(told[2]?.data).toMatchObject({
      from: 'visitor',
      to: 'mql',
      salesReady: true,
      funnelId: 'funnel-1',
    });
    for (const { traceparent } of told) expect(traceparent).toContain(TRACE.split('-')[1]);
  });
});

describe('the same event', () => {
  it('sent ten times is one activity', async () => {
    const email = address();
    const form = house.richForm(email);
    await house.accept(...Array<typeof form>(5).fill(form));
    for (let again = 0; again < 5; again += 1) await house.accept(form);
    await house.caughtUp();
    const [lead] = await house.search({ email });
    const { body } = await (await house.as(house.seller)).get(`/leads/${lead.id}/activities`);
    expect(body.items.map(({ id }: any) => id)).toEqual([form.activityId]);
    expect(await rowsOf(`activities where id = '${form.activityId}'`)).toBe(1);
    await eventually(() => expect(house.typesOf(lead.id)).toEqual(['created', 'scored', 'stage-changed']));
  });

  it('delivered again, with everything else, changes nothing', async () => {
    const form = house.richForm(address());
    await house.accept(
      form,
      house.activity({ identifiers: { anonymousId: 'null' } }),
      house.activity({ bot: true }),
    );
    await house.readyLead();
    const before = await eventually(async () => {
      const now = await everything();
      const [row] = await house.db.database.rows<{ sum: number }>(
        'select sum(version)::integer as sum from leads',
      );
      expect(now.told).toBe(row!.sum);
      return now;
    });
    await house.redeliver();
    await house.caughtUp();
    expect(await everything()).toEqual(before);
  });
});

describe('activities out of order', () => {
  it('make the lead that they would have made in order', async () => {
    const now = house.clock.now().getTime();
    const at = (hours: number) => ({ occurredAt: new Date(now - hours * 3_600_000).toISOString() });
    const story = (email: string) => [
      house.activity({ identifiers: { email }, pageUrl: 'https://e.example/pricing', ...at(72) }),
      house.activity({ identifiers: { email }, kind: 'track', name: 'Webinar Attended', ...at(48) }),
      house.activity({
        identifiers: { email },
        kind: 'track',
        name: 'Unsubscribed',
        marketingConsent: false,
        ...at(30),
      }),
      house.richForm(email, at(24)),
      house.activity({ identifiers: { email }, kind: 'identify', traits: { employees: 9 }, ...at(1) }),
    ];
    const [one, other] = [address(), address()];
    for (const activity of story(one)) await house.accept(activity);
    for (const activity of story(other).reverse()) await house.accept(activity);
    await house.caughtUp();
    const [[inOrder], [backwards]] = [
      await house.search({ email: one }),
      await house.search({ email: other }),
    ];
    const told = ({ stage, score, traits: { email: _, ...traits } }: any) => ({ stage, score, traits });
    expect(told(backwards)).toEqual(told(inOrder));
    expect(inOrder.stage).toBe('mql');
  });
});

describe('one person in several partitions at once', () => {
  it('is one lead, whoever learns of them first', async () => {
    const people = [...Array(20).keys()].map(() => ({ email: address(), userId: randomUUID() }));
    const keys = [...Array(6).keys()].map((key) => `key-${key}`);
    const before = await rowsOf('leads');
    await Promise.all(
      keys.map((personKey, index) =>
        house.accept(
          ...people.map(({ email, userId }) => {
            const anonymousId = randomUUID();
            const identifiers = index % 2 ? { email, anonymousId } : { email, userId, anonymousId };
            return house.activity({ personKey, identifiers });
          }),
        ),
      ),
    );
    await house.caughtUp();
    expect(await rowsOf('leads')).toBe(before + people.length);
    const [mixed] = await house.db.database.rows<{ count: number }>(
      `select count(*)::integer as count from activities join identifiers using (lead_id)
       where identifiers.value = any($1)`,
      [people.map(({ email }) => email)],
    );
    expect(mixed!.count).toBe(people.length * keys.length);
  });
});

describe('one known person in several partitions at once', () => {
  it('loses nothing: each event has the next version, and the score is that of the whole history', async () => {
    const people = [...Array(20).keys()].map(() => ({ email: address() }));
    await house.accept(...people.map((identifiers) => house.activity({ identifiers })));
    await house.caughtUp();
    await Promise.all(
      [...Array(6).keys()].map((key) =>
        house.accept(
          ...people.map((identifiers) => house.activity({ personKey: `partition-${key}`, identifiers })),
        ),
      ),
    );
    await house.caughtUp();
    const seller = await house.as(house.seller);
    for (const { email } of people) {
      const [lead] = await house.search({ email });
      const { body } = await seller.get(`/leads/${lead.id}/score`);
      expect(body.contributions.filter(({ rule }: any) => rule === 'page')).toHaveLength(7);
      expect(lead.score.engagement).toBeCloseTo(body.engagement, 1);
      const versions = await eventually(async () => {
        const [row] = await house.db.database.rows<{ version: number }>(
          'select version from leads where id = $1',
          [lead.id],
        );
        const told = house.of(lead.id).map(({ sequence }) => sequence);
        expect(told).toHaveLength(row!.version);
        return told;
      });
      expect(versions).toEqual(versions.map((_, index) => index + 1));
    }
  });
});

describe('a visitor on a second device', () => {
  it('follows the person they turn out to be', async () => {
    const email = address();
    const [laptop, phone] = [randomUUID(), randomUUID()];
    const one = house.richForm(email, { identifiers: { email, anonymousId: laptop } });
    await house.accept(one);
    await house.accept(house.activity({ identifiers: { anonymousId: phone } }));
    await house.caughtUp();
    await house.accept(house.activity({ identifiers: { email, anonymousId: phone } }));
    await house.caughtUp();
    await house.accept(house.activity({ identifiers: { anonymousId: phone } }));
    await house.caughtUp();
    const [lead] = await house.search({ email });
    const { identifiers } = await house.lead(lead.id);
    expect(identifiers.map(({ value }: any) => value).sort()).toEqual([email, laptop, phone].sort());
    expect(await rowsOf(`activities where lead_id = '${lead.id}'`)).toBe(3);
  });
});

describe('a message that breaks its contract', () => {
  it('goes its own way, and its neighbours are scored', async () => {
    const [first, second] = [address(), address()];
    const broken = { ...house.richForm(address()), activityId: randomUUID(), name: 'nul \u0000 character' };
    await house.accept(house.richForm(first, { personKey: 'k' }));
    await house.accept({ ...broken, personKey: 'k' });
    await house.accept(house.richForm(second, { personKey: 'k' }));
    await house.caughtUp();
    expect(await house.search({ email: first })).toHaveLength(1);
    expect(await house.search({ email: second })).toHaveLength(1);
    expect(await rowsOf(`activity_ids where id = '${broken.activityId}'`)).toBe(0);
  });
});
