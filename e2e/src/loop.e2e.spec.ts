import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  eventually,
  httpClient,
  startStack,
  type LocalStack,
  type HttpClient,
  type LocalJson,
} from '@baton/testing';
import { busClientOf, waitUntilCaughtUp, query } from './stack-queries.js';
import { startOtlpCollector } from './otlp-collector.js';
import { adminClient, ingestClient, submitForm, userClient, salesReadyForm } from './api-clients.js';

let collector: Awaited<ReturnType<typeof startOtlpCollector>>;
let stack: LocalStack;
let local: LocalJson;
let admin: HttpClient;

beforeAll(async () => {
  collector = await startOtlpCollector();
  stack = await startStack({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '200' },
  });
  local = stack.local();
  admin = adminClient(local);
}, 240_000);

afterAll(async () => {
  await stack?.stop();
  await collector?.stop();
}, 60_000);

const newEmail = (): string => `ada.${randomUUID().slice(0, 8)}@engines.example`;

const leadOf = async (email: string) => {
  const found = await admin.post('/api/leads/search', { email });
  expect(found.status).toBe(200);
  expect(found.body.items).toHaveLength(1);
  return (await admin.get(`/api/leads/${found.body.items[0].id}`)).body;
};

const handoffsOf = async (leadId: string) => (await admin.get(`/api/handoffs?leadId=${leadId}`)).body.items;

const offerOf = (email: string) =>
  eventually(async () => {
    const lead = await leadOf(email);
    const handoffs = await handoffsOf(lead.id);
    expect(handoffs).toHaveLength(1);
    return { lead, handoff: handoffs[0] };
  });

const salOf = async (channel: string): Promise<number> => {
  const { body } = await admin.get('/api/reports/funnel?by=channel');
  return body.groups.find((group: { key: string }) => group.key === channel)?.counts.sal ?? 0;
};

/** Eight hours of the default calendar after an instant. */
const workingDayAfter = async (start: string): Promise<string> => {
  const { items } = (await admin.get('/api/calendars')).body as { items: any[] };
  const { timeZone, hours } = items.find(({ isDefault }) => isDefault);
  const request = { calendar: { timeZone, hours }, start, seconds: 8 * 60 * 60 };
  return (await admin.post('/api/calendars/due', request)).body.due;
};

describe('one form submission', () => {
  it('creates one lead with one offer; accepting makes it a SAL of its channel; one trace covers all services', async () => {
    const email = newEmail();
    const before = await salOf('paid-search');
    const traceId = randomBytes(16).toString('hex');
    const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
    expect((await submitForm(local, salesReadyForm(email), { traceparent })).status).toBe(200);

    const { lead, handoff } = await offerOf(email);
    expect(lead).toMatchObject({ stage: 'mql', channel: 'paid-search', campaign: 'spring-launch' });
    await eventually(async () => expect((await leadOf(email)).owner?.id).toBe(handoff.seller.id));
    expect(handoff).toMatchObject({ state: 'offered', offer: 1, leadId: lead.id });
    expect(handoff.clocks).toMatchObject([{ name: 'accept', state: 'running' }]);
    expect(handoff.clocks[0].dueAt).toBe(await workingDayAfter(handoff.offeredAt));

    expect((await admin.post(`/api/handoffs/${handoff.id}/accept`, {})).status).toBe(200);
    await eventually(async () => expect((await leadOf(email)).stage).toBe('sal'));
    await eventually(async () => expect(await salOf('paid-search')).toBe(before + 1));
    expect(await handoffsOf(lead.id)).toHaveLength(1);

    await eventually(() => {
      const services = new Set(
        collector.spans.filter((span) => span.traceId === traceId).map((span) => span.service),
      );
      expect([...services]).toEqual(expect.arrayContaining(['ingestion', 'scoring', 'routing', 'reporting']));
    });
  });

  it('explains its score with the activity and the rule behind every point', async () => {
    const email = newEmail();
    await submitForm(local, salesReadyForm(email));
    const { lead } = await offerOf(email);
    const { body: score } = await admin.get(`/api/leads/${lead.id}/score`);
    expect(score).toMatchObject({
      points: lead.score.points,
      modelId: expect.stringMatching(/^scoring-model-\d+$/),
    });
    const { body: activities } = await admin.get(`/api/leads/${lead.id}/activities`);
    expect(activities.items).toMatchObject([{ kind: 'form', channel: 'paid-search' }]);
    const engaged = score.contributions.filter(
      (one: { activityId: string | null }) => one.activityId !== null,
    );
    expect(engaged.length).toBeGreaterThan(0);
    for (const one of engaged) expect(one.activityId).toBe(activities.items[0].id);
  });

  it('can be accepted, attempted and qualified by a user', async () => {
    const email = newEmail();
    await submitForm(local, salesReadyForm(email));
    const { handoff } = await offerOf(email);
    const manager = await userClient(local, 'manager');
    const step = async (path: string, body: object) =>
      (await manager.post(`/api/handoffs/${handoff.id}/${path}`, body)).status;
    expect(await step('accept', {})).toBe(200);
    expect(await step('accept', {})).toBe(200);
    expect(await step('attempts', { channel: 'phone', outcome: 'reached' })).toBe(200);
    expect(await step('qualify', { budget: true, authority: true, need: true, timeline: false })).toBe(200);
    await eventually(async () => expect((await leadOf(email)).stage).toBe('sql'));
  });

  it('recycles the lead when rejected with no-budget, and answers a second decision with 409 and the first decision', async () => {
    const email = newEmail();
    await submitForm(local, salesReadyForm(email));
    const { handoff } = await offerOf(email);
    const manager = await userClient(local, 'manager');
    const rejected = await manager.post(`/api/handoffs/${handoff.id}/reject`, { reason: 'no-budget' });
    expect([rejected.status, rejected.body.state]).toEqual([200, 'rejected']);
    const late = await admin.post(`/api/handoffs/${handoff.id}/accept`, {});
    expect(late.status).toBe(409);
    expect(late.headers.get('content-type')).toContain('application/problem+json');
    expect(late.body).toMatchObject({ decidedBy: expect.anything(), decidedAt: expect.anything() });
    await eventually(async () => expect((await leadOf(email)).stage).toBe('recycled'));
  });
});

describe('a repeated event', () => {
  it('changes nothing: sent ten times, or published twice', async () => {
    const email = newEmail();
    const anonymousId = randomUUID();
    const messages = [
      { type: 'page', name: 'Pricing', messageId: randomUUID(), anonymousId },
      { type: 'identify', messageId: randomUUID(), anonymousId, traits: { email, company: 'Engines Ltd' } },
      { type: 'track', event: 'White Paper Downloaded', messageId: randomUUID(), anonymousId },
    ];
    const state = async () => {
      const lead = await leadOf(email);
      const { body } = await admin.get(`/api/leads/${lead.id}/activities`);
      return {
        id: lead.id,
        stage: lead.stage,
        points: lead.score.points,
        activities: body.items.map((one: { id: string }) => one.id),
      };
    };
    await ingestClient(local).post('/v1/batch', { batch: messages });
    const once = await eventually(async () => {
      const now = await state();
      expect(now.activities).toHaveLength(3);
      return now;
    });
    for (let i = 0; i < 9; i += 1)
      expect((await ingestClient(local).post('/v1/batch', { batch: messages })).status).toBe(200);
    await waitUntilCaughtUp(local);
    // Decay changes the points by fractions within seconds.
    expect({ ...(await state()), points: expect.closeTo(once.points, 0) }).toEqual(once);

    const facts = await currentCounts();
    await repeatRecords('leads', 50);
    await submitForm(local, salesReadyForm(newEmail()));
    await waitUntilCaughtUp(local);
    const after = await currentCounts();
    expect(after.leads - facts.leads).toBe(1);
    expect(after.visitors - facts.visitors).toBe(1);
  });
});

/** Publishes the first `count` records of a topic again, unchanged, as an outbox does after a crash. */
const repeatRecords = async (topic: string, count: number): Promise<void> => {
  const kafka = busClientOf(local).connect({ retries: 5 });
  const consumer = kafka.consumer({ groupId: randomUUID() });
  const records: { key: Buffer | null; value: Buffer | null; headers: object; partition: number }[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: ({ partition, message: { key, value, headers = {} } }) => {
      records.push({ key, value, headers, partition });
      return Promise.resolve();
    },
  });
  await eventually(() => expect(records.length).toBeGreaterThan(0), { within: 30_000 });
  await consumer.disconnect();
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({
    topic,
    messages: records.slice(0, count) as Parameters<typeof producer.send>[0]['messages'],
  });
  await producer.disconnect();
};

const currentCounts = async () => {
  const { body } = await admin.get('/api/reports/funnel?by=source');
  const leads = await query<{ n: string }>(local, 'select count(*) n from scoring.leads');
  return { leads: Number(leads[0]!.n), visitors: Number(body.total.counts.visitor) };
};

describe('a message that breaks its contract', () => {
  it('becomes a dead letter with its reason, and other messages are processed', async () => {
    const producer = busClientOf(local).connect({ retries: 5 }).producer();
    await producer.connect();
    await producer.send({
      topic: 'activity',
      messages: [
        { value: '{"broken":' },
        { value: '{}', headers: { ce_type: 'activity.recorded.v1', ce_id: randomUUID(), ce_source: '/e2e' } },
      ],
    });
    await producer.disconnect();
    const email = newEmail();
    await submitForm(local, salesReadyForm(email));
    await offerOf(email);
    await eventually(async () => {
      const { body } = await admin.get('/api/dead-letters');
      const ofScoring = body.items
        .filter((one: { service: string }) => one.service === 'scoring')
        .map((one: { reason: string }) => one.reason);
      expect(ofScoring).toEqual(
        expect.arrayContaining([expect.stringMatching(/not JSON/), expect.stringMatching(/activityId/)]),
      );
    });
  });
});

describe('a definition', () => {
  it('takes effect with the second signature, not with the first', async () => {
    const { body } = await admin.get('/api/definitions?kind=scoring-model');
    const active = body.items.find((one: { state: string }) => one.state === 'active');
    const marketing = await userClient(local, 'marketing');
    const manager = await userClient(local, 'manager');
    const document = structuredClone(active.document);
    document.grades[0].from -= 1;
    const draft = await marketing.post('/api/definitions/scoring-model', {
      document,
      note: 'an A is easier',
    });
    expect(draft.status).toBe(201);
    const modelOf = async () => {
      const email = newEmail();
      await submitForm(local, salesReadyForm(email));
      const { lead } = await offerOf(email);
      return (await admin.get(`/api/leads/${lead.id}/score`)).body.modelId;
    };
    expect((await marketing.post(`/api/definitions/${draft.body.id}/sign`, {})).status).toBe(200);
    expect(await modelOf()).toBe(active.id);
    const signed = await manager.post(`/api/definitions/${draft.body.id}/sign`, {});
    expect([signed.status, signed.body.state]).toEqual([200, 'active']);
    expect(await modelOf()).toBe(draft.body.id);
  });

  it('with a contradiction is refused with a pointer to it', async () => {
    const marketing = await userClient(local, 'marketing');
    const { body } = await marketing.get('/api/definitions?kind=funnel');
    const document = structuredClone(
      body.items.find((one: { state: string }) => one.state === 'active').document,
    );
    document.stages[1].key = document.stages[0].key;
    const refused = await marketing.post('/api/definitions/funnel', { document, note: '' });
    expect(refused.status).toBe(422);
    expect(refused.body.errors[0]).toMatchObject({ pointer: expect.stringContaining('/stages/1') });
  });
});

describe('an offer without a response', () => {
  it('leads to warning, escalation, breach and reassignment, once each and in this order', async () => {
    const marketing = await userClient(local, 'marketing');
    const manager = await userClient(local, 'manager');
    const { body } = await admin.get('/api/definitions?kind=sla-policy');
    const active = body.items.find((one: { state: string }) => one.state === 'active');
    const sign = async (document: object) => {
      const draft = await marketing.post('/api/definitions/sla-policy', { document, note: 'e2e' });
      expect(draft.status).toBe(201);
      await marketing.post(`/api/definitions/${draft.body.id}/sign`, {});
      expect((await manager.post(`/api/definitions/${draft.body.id}/sign`, {})).body.state).toBe('active');
    };
    const short = structuredClone(active.document);
    // The active policy counts working time, and this may run at night.
    short.accept.within = { amount: 3, unit: 'seconds', calendar: 'elapsed' };
    short.maxReassignments = 1;
    await sign(short);
    try {
      const email = newEmail();
      await submitForm(local, salesReadyForm(email));
      const { handoff } = await offerOf(email);
      const moved = await eventually(
        async () => {
          const { body: now } = await admin.get(`/api/handoffs/${handoff.id}`);
          expect(now.offer).toBe(2);
          return now;
        },
        { within: 20_000 },
      );
      expect(moved.seller.id).not.toBe(handoff.seller.id);
      const types = moved.history.map((one: { type: string }) =>
        one.type.replace(/^handoff\./, '').replace(/\.v\d+$/, ''),
      );
      expect(types.slice(0, 5)).toEqual(['offered', 'warned', 'escalated', 'breached', 'reassigned']);
      const sla = (await admin.get('/api/reports/sla')).body;
      expect(sla.clocks.find((clock: { name: string }) => clock.name === 'accept').breached).toBeGreaterThan(
        0,
      );
    } finally {
      await sign(active.document);
    }
  });
});

describe('bad input', () => {
  const send = (body: string, headers: Record<string, string> = {}) =>
    ingestClient(local).post('/v1/batch', body, { 'content-type': 'application/json', ...headers });

  it('is refused with a problem document, and none of its events are stored', async () => {
    const [before] = await query<{ n: string }>(local, 'select count(*) n from scoring.activities');
    const good = { type: 'track', event: 'X', anonymousId: 'half' };
    const answers = [
      [400, await send('{"batch":')],
      [400, await send(JSON.stringify({ batch: [{ type: 'track', anonymousId: {}, event: 'X' }] }))],
      [400, await send(JSON.stringify({ batch: [{ type: 'track', event: 'X' }, {}] }))],
      [413, await send(JSON.stringify({ batch: [{ ...good, properties: { x: 'x'.repeat(33 * 1024) } }] }))],
      [
        413,
        await send(
          JSON.stringify({
            batch: Array.from({ length: 600 }, () => ({ ...good, properties: { x: 'x'.repeat(1_000) } })),
          }),
        ),
      ],
      [401, await httpClient(local.ingestion).post('/v1/track', { ...good, writeKey: 'unknown' })],
    ] as const;
    for (const [status, answer] of answers) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        status,
        expect.stringContaining('application/problem+json'),
      ]);
      expect(answer.body.detail).toEqual(expect.any(String));
    }
    expect(answers[2][1].body.errors[1].pointer).toMatch(/^\/batch\/1/);
    await waitUntilCaughtUp(local);
    expect(await query(local, 'select count(*) n from scoring.activities')).toEqual([before]);
  });
});

describe('access control', () => {
  it('is enforced on every route and service', async () => {
    for (const path of [
      '/api/me',
      '/api/leads/x',
      '/api/handoffs',
      '/api/live',
      '/api/reports/funnel',
      '/api/dead-letters',
      '/api/definitions',
    ]) {
      expect([path, (await httpClient(local.gateway).get(path)).status]).toEqual([path, 401]);
    }
    for (const service of [local.scoring, local.routing, local.reporting]) {
      const direct = httpClient(service).with({ authorization: `Bearer ${local.apiToken}` });
      for (const path of ['/leads/search', '/handoffs', '/reports/funnel', '/live']) {
        expect([401, 404, 405]).toContain((await direct.get(path)).status);
      }
    }
    const seller = await userClient(local, 'seller');
    expect((await seller.get('/api/dead-letters')).status).toBe(403);
    expect((await seller.post('/api/definitions/funnel', { document: {}, note: '' })).status).toBe(403);
  });
});
