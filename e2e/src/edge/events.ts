import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { eventually, httpClient } from '@baton/testing';
import { describe, expect, it } from '@jest/globals';
import type { Edge } from './edge.js';

const DAY_MS = 86_400_000;
const at = (ago: number): string => new Date(Date.now() - ago).toISOString();

/** Messages that are no event, and the place of their fault. */
const BAD: readonly (readonly [string, unknown, string])[] = [
  ['without the name of the event', { type: 'track', userId: 'u' }, '/event'],
  ['without a type', { userId: 'u', event: 'X' }, '/type'],
  ['of nobody', { type: 'track', event: 'X' }, '/userId'],
  ['that is null', null, ''],
  ['that is a text', 'X', ''],
  [
    'that is too large',
    { type: 'track', userId: 'u', event: 'X', properties: { x: 'x'.repeat(33_000) } },
    '',
  ],
  ['that is nested too deep', { type: 'track', userId: 'u', event: 'X', properties: nested(40) }, ''],
  [
    'of a day that does not exist',
    { type: 'track', userId: 'u', event: 'X', timestamp: '2026-02-30T00:00:00Z' },
    '/timestamp',
  ],
  [
    'with a list as its properties',
    { type: 'track', userId: 'u', event: 'X', properties: [1] },
    '/properties',
  ],
];

function nested(depth: number): object {
  return depth === 0 ? {} : { a: nested(depth - 1) };
}

/** Loosely typed values of SDKs, and the identifier that they are. */
const LOOSE: readonly (readonly [string, object, object])[] = [
  ['a number as user id', { userId: 42_001 }, { kind: 'user', value: '42001' }],
  ['a number as anonymous id', { anonymousId: 42_002 }, { kind: 'anonymous', value: '42002' }],
  [
    'empty lists for objects',
    { userId: 'u-9', traits: [], properties: [], context: [] },
    { kind: 'user', value: 'u-9' },
  ],
  [
    'empty texts for objects',
    { userId: 'u-10', properties: '', context: '' },
    { kind: 'user', value: 'u-10' },
  ],
  [
    'nulls',
    { userId: 'u-11', properties: null, context: null, timestamp: null, messageId: null, anonymousId: null },
    { kind: 'user', value: 'u-11' },
  ],
  [
    'seconds since 1970',
    { userId: 'u-12', timestamp: Math.floor(Date.now() / 1_000) },
    { kind: 'user', value: 'u-12' },
  ],
  ['a number as message id', { userId: 'u-13', messageId: 5 }, { kind: 'user', value: 'u-13' }],
  ['false for no user', { userId: false, anonymousId: 'a-14' }, { kind: 'anonymous', value: 'a-14' }],
  ['integrations as a list', { userId: 'u-15', integrations: [] }, { kind: 'user', value: 'u-15' }],
];

export const eventTests = (edge: Edge): void => {
  describe('a batch with a bad message', () => {
    const good = (email: string, event: string) => ({ type: 'track', userId: email, event });

    it.each(BAD)('%s keeps the others and names it', async (_, bad, pointer) => {
      const email = edge.email();
      const before = (await edge.sourceActivity()).refusedEvents;
      const answer = await edge.segment('batch', { batch: [good(email, 'A'), bad, good(email, 'C')] });
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({
        success: true,
        rejected: 1,
        errors: [{ pointer: `/batch/1${pointer}`, detail: expect.any(String) }],
      });
      await eventually(async () =>
        expect((await edge.activitiesOf(email)).map(({ name }) => name).sort()).toEqual(['A', 'C']),
      );
      await eventually(async () => {
        expect((await edge.sourceActivity()).refusedEvents).toBe(before + 1);
        const { body } = await edge.admin.get('/api/sources/website/refused');
        expect(body.items[0]).toMatchObject({ pointer: `/batch/1${pointer}` });
      });
    });

    it.each<[string, (body: string) => Promise<{ status: number }>]>([
      ['imported', (body) => edge.segment('import', body)],
      ['compressed', (body) => edge.segment('b', gzipSync(body), { 'content-encoding': 'gzip' })],
      [
        'sent as a beacon',
        (body) =>
          httpClient(edge.local.ingestion).post(`/beacon/v1/batch?writeKey=${edge.local.writeKey}`, body, {
            'content-type': 'text/plain',
          }),
      ],
    ])('%s keeps the others', async (_, send) => {
      const email = edge.email();
      const body = JSON.stringify({ batch: [null, good(email, 'A'), {}, good(email, 'C')] });
      expect((await send(body)).status).toBe(200);
      await eventually(async () => expect(await edge.activitiesOf(email)).toHaveLength(2));
    });
  });

  it.each(LOOSE)('%s is taken, alone and in a batch', async (_, values, identifier) => {
    const message = { event: 'Signed Up', messageId: randomUUID(), ...values };
    expect((await edge.segment('track', message)).status).toBe(200);
    expect((await edge.segment('batch', { batch: [{ type: 'track', ...message }] })).body).toEqual({
      success: true,
    });
    // Named at last, to be found.
    const { userId, anonymousId } = values as Record<string, unknown>;
    const email = edge.email();
    const named = { userId, anonymousId, traits: { email } };
    expect((await edge.segment('identify', named)).status).toBe(200);
    expect((await edge.leadOf(email)).identifiers).toContainEqual(identifier);
    await eventually(async () =>
      expect((await edge.activitiesOf(email)).map(({ name }) => name)).toContain('Signed Up'),
    );
  });

  it('two large integers as user ids are two people', async () => {
    const emails = [edge.email(), edge.email()];
    const ids = ['9007199254740993', '9007199254740992'];
    for (const [index, email] of emails.entries())
      await edge.segment('identify', `{"userId":${ids[index]},"traits":{"email":"${email}"}}`);
    const leads = await Promise.all(emails.map((email) => edge.leadOf(email)));
    expect(
      leads.map(({ identifiers }) => identifiers.find(({ kind }: any) => kind === 'user').value),
    ).toEqual(ids);
    expect(leads[0].id).not.toBe(leads[1].id);
  });

  describe('a new address', () => {
    const given = (userId: string, email: string, ago = 0) =>
      edge.segment('identify', { userId, traits: { email }, timestamp: at(ago) });
    const expectShown = async (userId: string, shown: string, ...others: string[]) => {
      await edge.caughtUp();
      for (const email of [shown, ...others]) {
        const lead = await edge.leadOf(email);
        expect([lead.traits.email, lead.traits.emailDomain]).toEqual([shown, shown.split('@')[1]]);
        expect(lead.identifiers).toContainEqual({ kind: 'user', value: userId });
      }
    };

    it.each([
      ['engines.example', 'zuse.example'],
      ['zuse.example', 'engines.example'],
    ])('is shown instead of the old one: %s, then %s', async (from, to) => {
      const [userId, old, now] = [randomUUID(), edge.email('ida', from), edge.email('ida', to)];
      await given(userId, old, 2_000);
      await given(userId, now, 1_000);
      await expectShown(userId, now, old);
    });

    it('is shown when it was given last, not when it arrived last', async () => {
      const [userId, old, now] = [randomUUID(), edge.email('ida'), edge.email('ida', 'zuse.example')];
      await given(userId, now, 1_000);
      await given(userId, old, 9 * DAY_MS);
      await expectShown(userId, now, old);
    });

    it('is shown after a form, and after three', async () => {
      const userId = randomUUID();
      const emails = ['mno.example', 'abc.example', 'xyz.example'].map((domain) => edge.email('ida', domain));
      for (const email of emails) {
        await edge.submit({ email, user_id: userId });
        await edge.caughtUp();
      }
      await expectShown(userId, emails[2]!, emails[0]!, emails[1]!);
    });
  });

  it('headers that tracing agents add are allowed to pages', async () => {
    const asked =
      'baggage, content-type, sentry-trace, traceparent, tracestate, x-datadog-trace-id, x-made-up';
    for (const path of ['/v1/t', '/v1/batch', `/f/${edge.form}`]) {
      const answer = await fetch(`${edge.local.ingestion}${path}`, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://www.engines.example',
          'access-control-request-method': 'POST',
          'access-control-request-headers': asked,
        },
      });
      expect([path, answer.status, answer.headers.get('access-control-allow-headers')]).toEqual([
        path,
        204,
        asked,
      ]);
    }
  });
};
