import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { identifierHashOf } from '@baton/bus';
import { ActivityRecorded } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { TestService, testUser } from '@baton/testing/service';
import { randomUUID } from 'node:crypto';
import { scoring } from '../scoring.module.js';

let app: TestService;

beforeAll(async () => {
  app = await TestService.start(scoring, { collect: ['erasures'] });
}, 120_000);

afterAll(() => app?.close());

const ID = randomUUID().slice(0, 8);

it.each([
  ['a person with everything', `ada-${ID}@engines.example`, ['email', 'user', 'crm']],
  ['a mailbox that others have, too', 'info@engines.example', ['user', 'crm']],
])('the request to erase %s says which hashes are of the person alone', async (_, email, personal) => {
  const id = randomUUID();
  const identifiers = {
    email,
    userId: `u-${id}`,
    crmId: `crm:${id}`,
    phone: '+442071838750',
    anonymousId: id,
  };
  const now = app.clock.now().toISOString();
  const data = { ...ActivityRecorded.example, activityId: id, messageId: id, personKey: id.slice(0, 32) };
  await app.publish({
    contract: ActivityRecorded,
    data: { ...data, identifiers, kind: 'identify', occurredAt: now, receivedAt: now },
  });
  await app.caughtUp();
  const found = await (await app.as(testUser('Mia', 'manager'))).post('/leads/search', { email });
  const [{ id: leadId }] = (found.body as { items: [{ id: string }] }).items;
  const admin = await app.as(testUser('Ann', 'admin'));
  const asked = await admin.post(`/leads/${leadId}/erasure`, { reason: 'asked-by-person' });
  const { requestId } = asked.body as { requestId: string };
  const [request] = await eventually(() => {
    const published = app.publishedAbout(requestId);
    expect(published).toHaveLength(1);
    return published;
  });
  const hashes = Object.fromEntries(
    Object.entries({
      email,
      user: identifiers.userId,
      crm: identifiers.crmId,
      phone: identifiers.phone,
      anonymous: id,
    }).map(([kind, value]) => [kind, identifierHashOf(kind, value)]),
  );
  expect(request!.data).toMatchObject({
    identifierHashes: Object.values(hashes).sort(),
    personalHashes: personal.map((kind) => hashes[kind]).sort(),
  });
});
