import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HandoffAccepted, HandoffOffered } from '@baton/contracts';
import { eventually, tablesNaming } from '@baton/testing';
import { testUser } from '@baton/testing/service';
import { randomUUID } from 'node:crypto';
import { TestScoring } from '../scoring.example.js';

let app: TestScoring;
const admin = testUser('Ann Admin', 'admin');

beforeAll(async () => {
  app = await TestScoring.open();
}, 120_000);

afterAll(() => app?.close());

let people = 0;

/** A person with an address, a name and a number that nobody else has. */
const somebody = () => {
  people += 1;
  const id = randomUUID().slice(0, 8);
  return {
    email: `ada-${id}@engines.example`,
    name: `Ada ${id}`,
    phone: `+49151234${1_000 + people}`,
  };
};
type Person = ReturnType<typeof somebody>;
const textsOf = ({ email, name, phone }: Person): string[] => [email, name, phone];

const formOf = ({ email, name, phone }: Person, more = {}) =>
  app.salesReadyForm(email, {
    identifiers: { email, phone },
    traits: { name, phone, company: 'Engines Ltd' },
    ...more,
  });

const tables = (person: Person): Promise<string[]> =>
  tablesNaming(app.db.database, app.db.schema, textsOf(person));

const findOf = async ({ email }: Person): Promise<string | undefined> => (await app.search({ email }))[0]?.id;

const erase = async (leadId: string, more = {}) =>
  (await app.as(admin)).post(`/leads/${leadId}/erasure`, { reason: 'asked-by-person', ...more });

describe('a person who is erased', () => {
  it('is in no table, whatever was known; the receipt says what was deleted, and again it is the same request', async () => {
    const person = somebody();
    const other = somebody();
    const handoffId = randomUUID();
    const form = formOf(person);
    await app.publishActivities(form, formOf(other));
    await app.publishActivities(
      app.activity({ identifiers: { userId: person.name, email: person.email }, kind: 'identify' }),
    );
    await app.caughtUp();
    const leadId = (await findOf(person))!;
    await app.publishHandoffEvent(HandoffOffered, { leadId, handoffId });
    await app.publishHandoffEvent(HandoffAccepted, { leadId, handoffId });
    await app.caughtUp();
    // A letter that no reader could handle, with the address in its body.
    await app.db.database.rows(
      `insert into dead_letters (reader, topic, partition, record_offset, hash, value, headers, timestamp, reason)
       values ('leads', 'activity', 0, 1, 1, convert_to($1, 'UTF8'), '{}', 0, 'broken')`,
      [JSON.stringify({ identifiers: { email: person.email.toUpperCase() } })],
    );
    // The result of a backtest with a campaign that names the person, and one without.
    await app.db.database.rows(
      `insert into backtests (id, state, requested_by, requested_at, updated_at, result)
       select gen_random_uuid(), 'done', 'Olga', now(), now(), jsonb_build_object('cohorts', jsonb_build_object('campaigns', jsonb_build_array(jsonb_build_object('key', key))))
       from unnest($1::text[]) as key`,
      [[`mail to ${person.email}`, 'autumn']],
    );
    expect(await tables(person)).toEqual(
      expect.arrayContaining(['backtests', 'dead_letters', 'identifiers', 'leads']),
    );

    const exported = (await (await app.as(admin)).get(`/leads/${leadId}/export`)).body;
    for (const text of textsOf(person)) expect(JSON.stringify(exported)).toContain(text);
    expect(JSON.stringify(exported)).not.toContain(other.email);
    expect(exported.held).toMatchObject({ leads: [{ id: leadId }], activities: [{}, {}], verdicts: [{}] });
    const asked = await erase(leadId);
    expect(asked).toMatchObject({ status: 202, body: { requestId: expect.any(String) } });
    expect(await eventuallyNone(person)).toEqual([]);
    expect(await app.search({ email: other.email })).toHaveLength(1);
    expect((await (await app.as(admin)).get(`/leads/${leadId}`)).status).toBe(404);

    const { requestId } = asked.body as { requestId: string };
    const receipt = await (await app.as(admin)).get(`/erasures/${requestId}`);
    expect(receipt.body).toMatchObject({ leadId, reason: 'asked-by-person', requestedBy: admin.name });
    const own = receipt.body.services.find(({ service }: any) => service === 'scoring');
    expect(own).toMatchObject({
      state: 'done',
      erased: expect.arrayContaining([
        { place: 'leads', count: 1 },
        { place: 'activities', count: 2 },
        { place: 'backtests', count: 1 },
        { place: 'dead_letters', count: 1 },
      ]),
    });
    expect((await erase(leadId)).body).toEqual({ requestId });
    expect((await (await app.as(admin)).get('/erasures')).body.items).toMatchObject([{ id: requestId }]);

    // Neither the same event, nor an old one that comes late, nor an event of sales brings the person back.
    await app.publishActivities(form, formOf(person, { occurredAt: form.occurredAt }));
    await app.publishHandoffEvent(HandoffAccepted, { leadId, handoffId });
    await app.caughtUp();
    expect(await tables(person)).toEqual([]);
    await app.rereadTopics();
    await app.caughtUp();
    expect(await tables(person)).toEqual([]);
    expect(await findOf(other)).toBeDefined();
  });

  it('is erased with the leads that were merged, and with the profiles that an undone merge would give back', async () => {
    const [one, two] = [somebody(), somebody()];
    await app.publishActivities(formOf(one), formOf(two));
    await app.caughtUp();
    const ids = [(await findOf(one))!, (await findOf(two))!];
    const merged = await (await app.as(app.manager)).post(`/leads/${ids[0]}/merges`, { leadId: ids[1] });
    // By the lead that exists no longer.
    const gone = ids.find((id) => id !== merged.body.leadId)!;
    expect((await erase(gone)).status).toBe(202);
    expect([...(await eventuallyNone(one)), ...(await eventuallyNone(two))]).toEqual([]);
    expect(await app.db.database.rows('select from leads where id = any($1::uuid[])', [ids])).toEqual([]);
    expect((await erase(merged.body.leadId)).body).toEqual((await erase(gone)).body);
  });

  it('is a new lead with the next form, unless events of the person are blocked', async () => {
    const [free, blocked] = [somebody(), somebody()];
    await app.publishActivities(formOf(free), formOf(blocked));
    await app.caughtUp();
    const before = (await findOf(free))!;
    await erase(before);
    await erase((await findOf(blocked))!, { block: true });
    app.clock.skip(0.001);
    await app.publishActivities(formOf(free), formOf(blocked));
    await app.caughtUp();
    expect(await findOf(free)).toEqual(expect.not.stringMatching(before));
    expect(await tables(blocked)).toEqual([]);
  });

  it('does not take others along who share a phone, a device or a mailbox of a company', async () => {
    const [blocked, other] = [somebody(), somebody()];
    const anonymousId = randomUUID();
    const shared = { phone: blocked.phone, anonymousId };
    await app.publishActivities(formOf(blocked, { identifiers: { email: blocked.email, ...shared } }));
    await app.caughtUp();
    await erase((await findOf(blocked))!, { block: true });
    await app.publishActivities(
      app.activity({ identifiers: { anonymousId } }),
      formOf(blocked, { identifiers: { email: blocked.email, userId: randomUUID() } }),
      formOf(other, { identifiers: { email: other.email, ...shared } }),
    );
    await app.caughtUp();
    const found = await findOf(other);
    expect((await (await app.as(app.manager)).get(`/leads/${found}/activities`)).body.items).toHaveLength(1);
    expect(await findOf(blocked)).toBeUndefined();
  });

  it('is known to a database restored from a backup of before: the request is repeated from the topic', async () => {
    const person = somebody();
    await app.publishActivities(formOf(person));
    await app.caughtUp();
    const leadId = (await findOf(person))!;
    const kept = await app.db.database.rows<{ row: string }>(
      `select row_to_json(leads)::text as row from leads where id = $1`,
      [leadId],
    );
    await erase(leadId);
    await app.stop();
    await app.db.database.rows(
      'insert into leads select * from json_populate_record(null::leads, $1::json)',
      [kept[0]!.row],
    );
    for (const table of ['erasures', 'erased_leads', 'erased_identifiers'])
      await app.db.database.rows(`delete from ${table}`);
    await app.db.database.rows(`delete from positions where topic = 'erasures'`);
    await app.db.database.rows(`delete from sequences where reader like '%erasures%'`);
    expect(await tables(person)).toContain('leads');
    await app.start();
    await eventually(async () => expect(await tables(person)).toEqual([]), { within: 20_000 });
  });
});

it.each(['marketing', 'seller', 'manager', 'operations', 'viewer'] as const)(
  '%s can neither erase a person nor read receipts',
  async (role) => {
    const client = await app.as(testUser('Nobody', role));
    const id = randomUUID();
    expect((await client.post(`/leads/${id}/erasure`, { reason: 'asked-by-person' })).status).toBe(403);
    expect((await client.get('/erasures')).status).toBe(403);
    expect((await client.get(`/leads/${id}/export`)).status).toBe(403);
    expect((await client.get(`/erasures/${id}`)).status).toBe(403);
  },
);

it('an unknown lead and an unknown reason are refused', async () => {
  expect((await erase(randomUUID())).status).toBe(404);
  expect((await erase(randomUUID(), { reason: 'because Ada asked' })).status).toBe(400);
});

/** The outbox holds what was published for milliseconds. */
const eventuallyNone = async (person: Person): Promise<string[]> => {
  await app.caughtUp();
  return tables(person);
};
