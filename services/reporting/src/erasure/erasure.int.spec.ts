import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { identifierHashOf, outgoing } from '@baton/bus';
import {
  ActivityAttributed,
  LeadCreated,
  LeadErasureRequested,
  LeadScored,
  LeadStageChanged,
} from '@baton/contracts';
import { eventOf, eventually, tablesNaming } from '@baton/testing';
import { TestService, testUser } from '@baton/testing/service';
import { randomUUID } from 'node:crypto';
import { reporting } from '../reporting.module.js';

let app: TestService;

beforeAll(async () => {
  app = await TestService.start(reporting, { collect: ['erasures'] });
}, 120_000);

afterAll(() => app?.close());

const tables = (text: string): Promise<string[]> =>
  tablesNaming(app.database.database, app.database.schema, [text]);

it('a person who is erased is in no table; people and their figures are still counted', async () => {
  const leadId = randomUUID();
  const email = `ada-${leadId.slice(0, 8)}@engines.example`;
  const occurredAt = app.clock.now().toISOString();
  await app.publish(
    outgoing(
      LeadCreated,
      eventOf(LeadCreated, { leadId, createdAt: occurredAt, campaign: `for ${email}` }),
      1,
    ),
    outgoing(
      ActivityAttributed,
      eventOf(ActivityAttributed, {
        ...{ leadId, profileId: leadId, touchId: randomUUID(), occurredAt },
        campaign: { name: `for ${email}`, content: `mail to ${email.toUpperCase()}` },
      }),
      1,
    ),
  );
  // Somebody else followed the same link, and became a lead by it; a third person's touches are deleted by now.
  const [other, former] = [randomUUID(), randomUUID()];
  const own = `own ${email}`;
  for (const id of [other, former])
    await app.publish(
      outgoing(LeadCreated, eventOf(LeadCreated, { leadId: id, createdAt: occurredAt, campaign: 'none' }), 1),
      outgoing(
        ActivityAttributed,
        eventOf(ActivityAttributed, {
          ...{ leadId: id, profileId: id, touchId: randomUUID(), activityId: randomUUID(), occurredAt },
          campaign: { name: 'autumn', content: `mail to ${email.toUpperCase()}` },
        }),
        1,
      ),
    );
  await app.caughtUp();
  await app.database.database.rows('delete from touches where lead_id = $1', [former]);
  await app.database.database.rows('insert into touches_deleted (lead_id, until) values ($1, $2)', [
    former,
    occurredAt,
  ]);
  // So are the erased person's that had another label: it stands in a path alone.
  await app.database.database.rows(
    `update paths set contents = array_append(contents, $2), campaigns = array_append(campaigns, ''), channels = array_append(channels, ''),
       sources = array_append(sources, ''), days = array_append(days, 0) where lead_id = $1 and milestone = 'open'`,
    [former, own],
  );
  await app.database.database.rows(
    `insert into touches_deleted (lead_id, until) values ($1, $2) on conflict do nothing`,
    [leadId, new Date(Date.parse(occurredAt) - 86_400_000).toISOString()],
  );
  await app.database.database.rows(
    `update paths set contents = array_append(contents, $2), campaigns = array_append(campaigns, ''), channels = array_append(channels, ''),
       sources = array_append(sources, ''), days = array_append(days, 0) where lead_id = $1 and milestone = 'open'`,
    [leadId, own],
  );
  await app.database.database.rows(
    `insert into dead_letters (reader, topic, partition, record_offset, hash, value, headers, timestamp, reason)
     values ('facts', 'activity', 0, 1, 1, convert_to($1, 'UTF8'), '{}', 0, 'broken')`,
    [JSON.stringify({ identifiers: { email } })],
  );
  await app.caughtUp();
  await app.publish(
    outgoing(LeadStageChanged, eventOf(LeadStageChanged, { leadId, changedAt: occurredAt }), 2),
  );
  await app.caughtUp();
  const marketing = await app.as(testUser('Mara', 'marketing'));
  const keep = async (by: string) =>
    (await marketing.post('/reports/attribution/kept', { name: `${by} ${email}`, milestone: 'mql', by }))
      .body;
  const kept = [await keep('campaign'), await keep('content'), await keep('channel')];
  expect(kept[0].answer.keys.map(({ key }: { key: string }) => key)).toContain(`for ${email}`);
  expect(await tables(email)).toEqual(
    expect.arrayContaining([
      'campaigns',
      'dead_letters',
      'kept_attributions',
      'lead_facts',
      'paths',
      'people',
      'touches',
    ]),
  );
  expect(await tables(leadId)).toContain('live_events');

  const requestId = randomUUID();
  const request = {
    requestId,
    leadIds: [leadId],
    identifierHashes: [identifierHashOf('email', email)],
    blocked: false,
    requestedAt: occurredAt,
  };
  await app.publish(outgoing(LeadErasureRequested, request, 1));
  const receipt = await eventually(() => {
    const [found] = app.publishedAbout(`${requestId}/reporting`);
    if (!found) throw new Error('no receipt yet');
    return found;
  });
  expect(receipt.data.erased).toEqual(
    expect.arrayContaining([
      { place: 'dead_letters', count: 1 },
      { place: 'kept_attributions', count: 3 },
    ]),
  );
  for (const { id, answer } of kept)
    expect((await marketing.get(`/reports/attribution/kept/${id}`)).body).toMatchObject({
      name: '(erased)',
      answer: {
        ...answer,
        keys: answer.keys.map((each: { key: string }) => ({
          ...each,
          key: each.key.toLowerCase().includes(email) ? '(erased)' : each.key,
        })),
      },
    });
  await app.publish(outgoing(LeadScored, eventOf(LeadScored, { leadId }), 5));
  await app.caughtUp();
  expect(await tables(email)).toEqual([]);
  expect(await tables(leadId)).not.toContain('live_events');
  expect(
    await app.database.database.rows('select from people where lead_id = $1 and created_at is not null', [
      leadId,
    ]),
  ).toHaveLength(1);

  // The same request again deletes nothing, and answers nothing.
  await app.publish(outgoing(LeadErasureRequested, request, 2));
  await app.caughtUp();
  expect(app.publishedAbout(`${requestId}/reporting`)).toHaveLength(1);
});
