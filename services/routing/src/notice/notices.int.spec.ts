import type { User } from '@baton/platform';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, httpClient } from '@baton/testing';
import { testUser } from '@baton/testing/service';
import { TestRouting } from '../routing.example.js';
import { MailServer } from '@baton/testing/mail-server';
import { HookServer } from './receivers.example.js';
import { slackSignatureOf } from './slack-signature.client.js';
import { signatureOf } from './standard-webhook.client.js';

const SLACK_SECRET = 'slack-signing-secret-1';
const mails = new MailServer();
const hooks = new HookServer();
const answers = new HookServer();
const operator = testUser('Olga Operations', 'operations');
let hookUrl: string;
let app: TestRouting;
let sam: User;

beforeAll(async () => {
  hookUrl = await hooks.start();
  const answersUrl = await answers.start();
  app = await TestRouting.start(1, {
    SMTP_URL: await mails.start(),
    SMTP_FROM: 'Baton <baton@company.example>',
    PUBLIC_URL: 'https://baton.company.example',
    NOTICE_SECRET: 'x'.repeat(40),
    SLACK_SIGNING_SECRET: SLACK_SECRET,
    WEBHOOK_ALLOWED_HOSTS: [hookUrl, answersUrl].map((url) => new URL(url).host).join(','),
  });
  sam = await app.seller('Sam Seller');
  answersAt = answersUrl;
}, 120_000);
let answersAt: string;

afterAll(async () => {
  await app?.close();
  await Promise.all([mails.stop(), hooks.stop(), answers.stop()]);
});

beforeEach(() => {
  mails.refuseWith = undefined;
  hooks.status = 200;
});

const anonymous = () => httpClient(app.service.url);
const linkIn = (mail: string): string => /decide#([\w.-]+)/.exec(mail)![1]!;
const settings = (more: object = {}) => ({
  email: null,
  kinds: ['offered', 'warned', 'escalated', 'breached'],
  timeZone: 'UTC',
  quietHours: null,
  gatherMinutes: 0,
  slackUserId: null,
  ...more,
});

/** Sets and confirms the address of a person. */
const confirmed = async (user: User, email: string, more: object = {}): Promise<void> => {
  const client = await app.as(user);
  const { status, body } = await client.put('/notices/settings', settings({ email, ...more }));
  expect({ status, body }).toMatchObject({ status: 200, body: { email: null, unconfirmed: email } });
  const [mail] = await eventually(() => {
    expect(mails.to(email)).toHaveLength(1);
    return mails.to(email);
  });
  const token = linkIn(mail!);
  expect((await anonymous().post('/verdict-link', { token })).body).toMatchObject({
    for: 'address',
    state: 'open',
  });
  expect((await anonymous().put('/verdict-link', { token, what: 'confirm-address' })).status).toBe(204);
  expect((await client.get('/notices/settings')).body).toMatchObject({ email });
  mails.mails.length = 0;
};

/** A hand-off that is offered to Sam, and the mail about it. */
const offeredByMail = async (): Promise<{ handoff: any; token: string }> => {
  mails.mails.length = 0;
  const handoff = await app.newHandoff();
  const [mail] = await eventually(() => {
    expect(mails.to('sam@company.example')).toHaveLength(1);
    return mails.to('sam@company.example');
  });
  return { handoff, token: linkIn(mail!) };
};

describe('a notice by e-mail', () => {
  it('is sent to nobody before the address is confirmed, then once, with a link to decide', async () => {
    await confirmed(sam, 'sam@company.example');
    const { handoff, token } = await offeredByMail();
    expect(mails.mails[0]!.content).toContain('Subject: A lead is offered to you until');
    expect(mails.mails[0]!.content).toContain(`https://baton.company.example/inbox/${handoff.id}`);
    const look = () => anonymous().post('/verdict-link', { token });
    for (let scans = 0; scans < 3; scans += 1)
      expect((await look()).body).toMatchObject({
        state: 'open',
        handoffId: handoff.id,
        sellerName: 'Sam Seller',
      });
    expect((await app.handoff(handoff.id)).state).toBe('offered');
    expect((await anonymous().put('/verdict-link', { token, what: 'accept' })).status).toBe(204);
    expect(await app.handoff(handoff.id)).toMatchObject({ state: 'accepted', decision: { by: sam.id } });
    const again = await anonymous().put('/verdict-link', { token, what: 'accept' });
    expect(again).toMatchObject({ status: 409, body: { state: 'decided' } });
    expect((await look()).body.detail).toContain('Sam Seller accepted');
    await app.caughtUp();
    expect(mails.to('sam@company.example')).toHaveLength(1);
  });

  it('rejects with a reason, and stays usable when the reason is missing', async () => {
    const { handoff, token } = await offeredByMail();
    const reject = (body: object) => anonymous().put('/verdict-link', { token, what: 'reject', ...body });
    expect((await reject({})).status).toBe(422);
    expect((await reject({ reason: 'no-budget' })).status).toBe(204);
    expect(await app.handoff(handoff.id)).toMatchObject({
      state: 'rejected',
      decision: { reason: 'no-budget' },
    });
  });

  it('has a link that is good for its offer only, for a week, and as it was signed', async () => {
    const { handoff, token } = await offeredByMail();
    const [body, signature] = token.split('.');
    const forged = JSON.parse(Buffer.from(body!, 'base64url').toString());
    const other = Buffer.from(JSON.stringify({ ...forged, sellerId: operator.id })).toString('base64url');
    for (const wrong of [
      `${other}.${signature}`,
      `${body}.${'A'.repeat(43)}`,
      `${body}.`.padEnd(30, '.'),
      'x'.repeat(40),
    ])
      expect((await anonymous().put('/verdict-link', { token: wrong, what: 'accept' })).status).toBe(404);
    const ann = await app.seller('Ann Seller');
    await (await app.as(app.manager)).post(`/handoffs/${handoff.id}/reassign`, { sellerId: ann.id });
    expect(await anonymous().put('/verdict-link', { token, what: 'accept' })).toMatchObject({
      status: 409,
      body: { state: 'passed-on' },
    });
    await app.put(ann, { available: false });
  });

  it('is tried again after a temporary refusal, and not after a final one', async () => {
    mails.mails.length = 0;
    mails.refuseWith = 451;
    const handoff = await app.newHandoff();
    const log = async () => {
      const { body } = await (await app.as(operator)).get('/webhooks/deliveries?channel=email&limit=1');
      return body.items[0];
    };
    await eventually(async () =>
      expect(await log()).toMatchObject({ state: 'waiting', attempts: 1, status: 451 }),
    );
    mails.refuseWith = undefined;
    await app.service.skip(6_000);
    await eventually(async () => expect(await log()).toMatchObject({ state: 'sent', attempts: 2 }));
    expect(mails.to('sam@company.example')).toHaveLength(1);
    expect(mails.mails[0]!.content).toContain(handoff.id);
    mails.refuseWith = 550;
    await app.newHandoff();
    await eventually(async () =>
      expect(await log()).toMatchObject({ state: 'failed', attempts: 1, status: 550 }),
    );
  });

  it('about 200 offers in a minute is one digest', async () => {
    await (
      await app.as(sam)
    ).put('/notices/settings', settings({ email: 'sam@company.example', gatherMinutes: 1 }));
    mails.mails.length = 0;
    await app.leads(200);
    await app.caughtUp();
    await eventually(async () =>
      expect(
        await app.rows(`select from notice_deliveries where channel = 'email' and state = 'waiting'`),
      ).toHaveLength(200),
    );
    expect(mails.to('sam@company.example')).toEqual([]);
    await app.service.skip(61_000);
    await eventually(() => expect(mails.to('sam@company.example')).toHaveLength(1));
    expect(mails.mails[0]!.content).toMatch(/Subject: 200 leads are offered to you/);
    expect(mails.mails[0]!.content).toContain('And 150 more in Baton.');
    // Their state is written after the server has taken the mail.
    await eventually(async () =>
      expect(
        await app.rows(`select from notice_deliveries where channel = 'email' and state = 'waiting'`),
      ).toEqual([]),
    );
    await (await app.as(sam)).put('/notices/settings', settings({ email: 'sam@company.example' }));
  });
});

describe('an outgoing webhook', () => {
  const create = async (body: object) =>
    (await app.as(operator)).post('/webhooks', {
      kind: 'standard',
      url: `${hookUrl}/in`,
      events: ['deal.opened.v1', 'handoff.accepted.v1'],
      ...body,
    });
  const accepted = async () => {
    const handoff = await app.newHandoff();
    await (await app.as(sam)).post(`/handoffs/${handoff.id}/accept`, {});
    return handoff;
  };
  const callsAbout = (id: string) => hooks.calls.filter(({ body }) => body.includes(id));

  it('gets the events it asked for, signed with every active secret, and can be replayed', async () => {
    const created = await create({});
    expect(created.status).toBe(201);
    const { id, secret } = created.body;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const client = await app.as(operator);
    expect(JSON.stringify((await client.get('/webhooks')).body)).not.toContain(secret);
    const handoff = await accepted();
    const [call] = await eventually(() => {
      expect(callsAbout(handoff.id)).toHaveLength(1);
      return callsAbout(handoff.id);
    });
    const {
      'webhook-id': messageId,
      'webhook-timestamp': seconds,
      'webhook-signature': signature,
    } = call!.headers;
    expect(signature).toBe(signatureOf([secret], String(messageId), Number(seconds), call!.body));
    expect(JSON.parse(call!.body)).toMatchObject({
      type: 'handoff.accepted.v1',
      data: { handoffId: handoff.id },
    });

    const rotated = (await client.post(`/webhooks/${id}/rotate`)).body;
    expect(rotated.activeSecrets).toBe(2);
    const log = (await client.get(`/webhooks/deliveries?receiver=${id}`)).body.items;
    expect(log).toMatchObject([{ state: 'sent', status: 200, attempts: 1 }]);
    expect((await client.post(`/webhooks/deliveries/${log[0].id}/replay`)).status).toBe(204);
    await eventually(() => expect(callsAbout(handoff.id)).toHaveLength(2));
    const replayed = callsAbout(handoff.id)[1]!;
    expect(replayed.headers['webhook-id']).toBe(messageId);
    expect(replayed.headers['webhook-signature']).toBe(
      signatureOf(
        [rotated.secret, secret],
        String(messageId),
        Number(replayed.headers['webhook-timestamp']),
        replayed.body,
      ),
    );
    await client.put(`/webhooks/${id}`, { url: `${hookUrl}/in`, events: [], enabled: false });
  });

  it('is tried again on a schedule, follows no redirect, and ends with 410', async () => {
    const { id } = (await create({ url: `${hookUrl}/moody` })).body;
    hooks.status = 302;
    hooks.location = 'http://169.254.169.254/latest/meta-data';
    const first = await accepted();
    const client = await app.as(operator);
    const newest = async () =>
      (await client.get(`/webhooks/deliveries?receiver=${id}&limit=1`)).body.items[0];
    await eventually(async () =>
      expect(await newest()).toMatchObject({ state: 'waiting', attempts: 1, status: 302 }),
    );
    hooks.status = 503;
    await app.service.skip(6_000);
    await eventually(async () =>
      expect(await newest()).toMatchObject({ state: 'waiting', attempts: 2, status: 503 }),
    );
    hooks.status = 200;
    await app.service.skip(301_000);
    await eventually(async () => expect(await newest()).toMatchObject({ state: 'sent', attempts: 3 }));
    expect(new Set(callsAbout(first.id).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    hooks.status = 410;
    await accepted();
    await eventually(async () => {
      const endpoint = (await client.get('/webhooks')).body.items.find((each: any) => each.id === id);
      expect(endpoint.enabled).toBe(false);
    });
  });

  it('into the own network is refused', async () => {
    const urls = [
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://[::ffff:10.0.0.1]/',
      'https://10.1.2.3/',
      'https://localhost/',
      'http://93.184.215.14/',
    ];
    for (const url of urls) {
      const answer = await create({ url });
      expect([url, answer.status, answer.body.errors?.[0].pointer]).toEqual([url, 422, '/url']);
    }
  });

  it('is for operations and administrators', async () => {
    for (const user of [sam, app.manager, app.marketing])
      expect((await (await app.as(user)).get('/webhooks')).status).toBe(403);
  });
});

describe('a test of an endpoint', () => {
  it('sends one signed message, says how it went, and neither repeats nor logs it', async () => {
    const client = await app.as(operator);
    const { body } = await client.post('/webhooks', { kind: 'standard', url: `${hookUrl}/try`, events: [] });
    const test = () => client.post(`/webhooks/${body.id}/test`);
    const tried = () => hooks.calls.filter(({ path }) => path === '/try');
    expect(await test()).toMatchObject({ status: 200, body: { ok: true, status: 200, error: null } });
    const [call] = tried();
    const { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signature } = call!.headers;
    expect(signature).toBe(signatureOf([body.secret], id as string, Number(seconds), call!.body));
    hooks.status = 500;
    expect((await test()).body).toMatchObject({ ok: false, status: 500 });
    expect(tried()).toHaveLength(2);
    expect((await client.get(`/webhooks/deliveries?receiver=${body.id}`)).body.items).toEqual([]);
    const disabled = { events: [], enabled: false };
    expect((await client.put(`/webhooks/${body.id}`, disabled)).body).toMatchObject({
      url: `${hookUrl}/try`,
      enabled: false,
    });
    const missing = await client.post('/webhooks', { kind: 'standard', events: [] });
    expect(missing.status).toBe(400);
  });
});

describe('a Slack channel', () => {
  const click = async (
    payload: object,
    { seconds = Math.floor(app.service.clock.now().getTime() / 1_000), secret = SLACK_SECRET } = {},
  ) => {
    const body = new URLSearchParams({
      payload: JSON.stringify({ response_url: `${answersAt}/answer`, ...payload }),
    }).toString();
    answers.calls.length = 0;
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(seconds),
      'x-slack-signature': slackSignatureOf(secret, String(seconds), body),
    };
    const { status } = await anonymous().post('/slack/actions', body, headers);
    return { status, said: answers.calls.map((call) => JSON.parse(call.body).text as string).join() };
  };

  it('gets a card with buttons for the seller alone, whose click is signed and counts once', async () => {
    await (
      await app.as(sam)
    ).put('/notices/settings', settings({ email: 'sam@company.example', slackUserId: 'U1' }));
    const created = await (
      await app.as(operator)
    ).post('/webhooks', { kind: 'slack', url: `${hookUrl}/slack/secret-path`, events: [] });
    expect(JSON.stringify(created.body)).not.toContain('secret-path');
    const handoff = await app.newHandoff();
    await eventually(async () =>
      expect(await app.rows(`select from notice_deliveries where channel = 'slack'`)).not.toEqual([]),
    );
    await app.service.skip(6_000);
    const card = await eventually(() => {
      const found = hooks.calls.find(
        ({ path, body }) => path === '/slack/secret-path' && body.includes(handoff.id),
      );
      expect(found).toBeDefined();
      return JSON.parse(found!.body);
    });
    const [accept, reject] = card.blocks.find((block: any) => block.type === 'actions').elements;
    expect(accept).toMatchObject({ action_id: 'baton-accept', text: { text: 'Accept' } });
    const actions = [accept];
    expect((await click({ user: { id: 'U1' }, actions }, { secret: 'another-secret-123' })).status).toBe(401);
    expect((await click({ user: { id: 'U1' }, actions }, { seconds: 1_700_000_000 })).status).toBe(401);
    expect((await click({ user: { id: 'U2' }, actions })).said).toContain('somebody else');
    expect((await click({ user: { id: 'U1' }, actions: [{ ...accept, value: 'x.y' }] })).said).toContain(
      'not valid',
    );
    expect((await click({ user: { id: 'U1' }, actions: [reject] })).said).toContain('/decide#');
    expect((await app.handoff(handoff.id)).state).toBe('offered');
    expect(await click({ user: { id: 'U1' }, actions })).toEqual({
      status: 200,
      said: 'You accepted the lead.',
    });
    expect((await click({ user: { id: 'U1' }, actions })).said).toContain('accepted this lead at');
    expect(await app.handoff(handoff.id)).toMatchObject({ state: 'accepted', decision: { by: sam.id } });
  });
});
