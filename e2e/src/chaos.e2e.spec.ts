import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually, startStack, type Answer, type LocalStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntilCaughtUp, count, query } from './stack-queries.js';
import { adminClient, ingestClient, submitForm, salesReadyForm } from './api-clients.js';

const EVENTS = 2_000;
const PER_BATCH = 20;
const FORMS = 20;

let stack: LocalStack;
/** Message ids acknowledged with 200. */
const acknowledged = new Set<string>();
/** E-mail addresses of acknowledged forms; each lead is sales-ready at once. */
const salesReady = new Set<string>();

beforeAll(async () => {
  stack = await startStack();
}, 240_000);

afterAll(async () => {
  await stack?.stop();
}, 60_000);

/** Repeats a request with the same ids until it is acknowledged, as the SDKs do. */
const sendUntilAcknowledged = async (send: () => Promise<Answer>): Promise<void> => {
  for (;;) {
    const status = await send().then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    if (status !== 503 && status !== 0) throw new Error(`ingestion answered ${status}`);
    await pause(100);
  }
};

/** Sends 2,000 events and 20 sales-ready forms; calls `interrupt` after the first quarter. */
const sendTraffic = async (interrupt: () => void): Promise<void> => {
  const batches = EVENTS / PER_BATCH;
  for (let i = 0; i < batches; i += 1) {
    if (i === batches / 4) interrupt();
    const anonymousId = `visitor-${i % 40}`;
    const batch = Array.from({ length: PER_BATCH }, () => ({
      type: 'page',
      name: 'Products',
      anonymousId,
      messageId: randomUUID(),
    }));
    await sendUntilAcknowledged(() => ingestClient(stack.local()).post('/v1/batch', { batch }));
    batch.forEach((event) => acknowledged.add(event.messageId));
    if (i % (batches / FORMS) === 0) {
      const email = `${randomUUID()}@engines.example`;
      const messageId = randomUUID();
      await sendUntilAcknowledged(() => submitForm(stack.local(), { ...salesReadyForm(email), messageId }));
      salesReady.add(email);
    }
  }
};

const dueTimers = (handoffId: string): Promise<number> =>
  count(stack.local(), 'select count(*) from routing.timers where key = $1 and due_at <= now()', [handoffId]);

const kill = (name: string): void => {
  process.kill(stack.local().pids[name]!, 'SIGKILL');
};

const expectExactCounts = async (): Promise<void> => {
  const local = stack.local();
  await waitUntilCaughtUp(local);
  const kept = await query<{ message_id: string }>(
    local,
    'select message_id from scoring.activities where message_id = any($1)',
    [[...acknowledged]],
  );
  expect(kept).toHaveLength(acknowledged.size);
  expect(new Set(kept.map((row) => row.message_id)).size).toBe(acknowledged.size);
  const leads = await query<{ lead_id: string; handoffs: string }>(
    local,
    `select i.lead_id, (select count(*) from routing.handoffs h where h.lead_id = i.lead_id) as handoffs
     from scoring.identifiers i where i.kind = 'email' and i.value = any($1)`,
    [[...salesReady]],
  );
  expect(new Set(leads.map((row) => row.lead_id)).size).toBe(salesReady.size);
  expect(leads.filter((row) => row.handoffs !== '1')).toEqual([]);
  for (const service of ['scoring', 'routing', 'reporting'])
    expect(await query(local, `select reader, reason from ${service}.dead_letters`)).toEqual([]);
};

describe.each(['ingestion', 'scoring', 'routing', 'reporting', 'gateway', 'kafka', 'postgres'])(
  '%s killed under load',
  (name) => {
    it('restarts, and every acknowledged event is processed exactly once', async () => {
      const before = stack.local().pids[name]!;
      await sendTraffic(() => kill(name));
      await eventually(() => expect(stack.local().pids[name]).not.toBe(before), { within: 30_000 });
      await eventually(
        async () => expect((await adminClient(stack.local()).get('/api/handoffs')).status).toBe(200),
        { within: 30_000 },
      );
      await expectExactCounts();
    }, 180_000);
  },
);

describe('a suspended broker', () => {
  it('leads to 503 with Retry-After, and ingestion recovers without a restart', async () => {
    const broker = stack.local().pids['kafka']!;
    process.kill(broker, 'SIGSTOP');
    try {
      const answer = await submitForm(stack.local(), salesReadyForm(`${randomUUID()}@engines.example`));
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    } finally {
      process.kill(broker, 'SIGCONT');
    }
    const email = `${randomUUID()}@engines.example`;
    await sendUntilAcknowledged(() => submitForm(stack.local(), salesReadyForm(email)));
    salesReady.add(email);
    await expectExactCounts();
  }, 120_000);
});

describe('a timer that becomes due while routing is down', () => {
  it('fires once after the restart', async () => {
    const local = stack.local();
    const email = `${randomUUID()}@engines.example`;
    await submitForm(local, salesReadyForm(email));
    salesReady.add(email);
    const handoffId = await eventually(async () => {
      const [row] = await query<{ id: string }>(
        local,
        `select h.id from routing.handoffs h join scoring.identifiers i on i.lead_id = h.lead_id where i.value = $1`,
        [email],
      );
      expect(row).toBeDefined();
      return row!.id;
    });
    const suspendedPid = stack.local().pids['routing']!;
    process.kill(suspendedPid, 'SIGSTOP');
    // The first step of the accept clock becomes due while no process can fire it.
    await query(local, `update routing.timers set due_at = now() where key = $1`, [handoffId]);
    await eventually(async () => expect(await dueTimers(handoffId)).toBeGreaterThan(0));
    kill('routing');
    await eventually(() => expect(stack.local().pids['routing']).not.toBe(suspendedPid), {
      within: 30_000,
    });
    await eventually(async () => expect(await dueTimers(handoffId)).toBe(0), { within: 30_000 });
    await expectExactCounts();
  }, 120_000);
});
