import { randomUUID } from 'node:crypto';
import { eventually, startStack, type LocalStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AcknowledgedTraffic } from './acknowledged-traffic.js';
import { adminClient, salesReadyForm, submitForm, userClient } from './api-clients.js';
import { count, query } from './stack-queries.js';

let stack: LocalStack;
let traffic: AcknowledgedTraffic;

beforeAll(async () => {
  stack = await startStack();
  traffic = new AcknowledgedTraffic(stack);
}, 240_000);

afterAll(async () => {
  await stack?.stop();
}, 60_000);

const dueTimers = (handoffId: string): Promise<number> =>
  count(stack.local(), 'select count(*) from routing.timers where key = $1 and due_at <= now()', [handoffId]);

const kill = (name: string): void => {
  process.kill(stack.local().pids[name]!, 'SIGKILL');
};

const waitForRestart = (name: string, killedPid: number): Promise<void> =>
  eventually(() => expect(stack.local().pids[name]).not.toBe(killedPid), { within: 30_000 });

describe.each(['ingestion', 'scoring', 'routing', 'reporting', 'gateway', 'kafka', 'postgres'])(
  '%s killed under load',
  (name) => {
    it('restarts, and every acknowledged event is processed exactly once', async () => {
      const pid = stack.local().pids[name]!;
      await traffic.send(() => kill(name));
      await waitForRestart(name, pid);
      await eventually(
        async () => expect((await adminClient(stack.local()).get('/api/handoffs')).status).toBe(200),
        { within: 30_000 },
      );
      await traffic.expectExactCounts();
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
    await traffic.submitSalesReadyForm();
    await traffic.expectExactCounts();
  }, 120_000);
});

describe('a timer that becomes due while routing is down', () => {
  it('fires once after the restart', async () => {
    const local = stack.local();
    const email = await traffic.submitSalesReadyForm();
    const handoffId = await eventually(async () => {
      const [row] = await query<{ id: string }>(
        local,
        `select h.id from routing.handoffs h join scoring.identifiers i on i.lead_id = h.lead_id where i.value = $1`,
        [email],
      );
      expect(row).toBeDefined();
      return row!.id;
    });
    const pid = stack.local().pids['routing']!;
    process.kill(pid, 'SIGSTOP');
    // The first step of the accept clock becomes due while no process can fire it.
    await query(local, `update routing.timers set due_at = now() where key = $1`, [handoffId]);
    await eventually(async () => expect(await dueTimers(handoffId)).toBeGreaterThan(0));
    kill('routing');
    await waitForRestart('routing', pid);
    await eventually(async () => expect(await dueTimers(handoffId)).toBe(0), { within: 30_000 });
    await traffic.expectExactCounts();
  }, 120_000);
});

describe('clocks that end by the hundred a second', () => {
  const LEADS = 2_000;
  const AT_A_TIME = 20;

  /** The accept clock ends so long after the offer, whatever the hour. */
  const signShortPolicy = async (seconds: number): Promise<void> => {
    const [marketing, manager] = [
      await userClient(stack.local(), 'marketing'),
      await userClient(stack.local(), 'manager'),
    ];
    const { body } = await manager.get('/api/definitions?kind=sla-policy');
    const { document } = body.items.find(({ state }: { state: string }) => state === 'active');
    document.accept = { within: { amount: seconds, unit: 'seconds', calendar: 'elapsed' }, steps: [] };
    const draft = await marketing.post('/api/definitions/sla-policy', { document, note: 'e2e' });
    for (const team of [marketing, manager]) await team.post(`/api/definitions/${draft.body.id}/sign`, {});
    expect((await manager.get(`/api/definitions/${draft.body.id}`)).body.state).toBe('active');
  };

  it('end once each and are published, though routing and PostgreSQL are killed and Kafka is away meanwhile', async () => {
    await signShortPolicy(15);
    const since = new Date().toISOString();
    // Offered together, so that the clocks end at about the same time.
    process.kill(stack.local().pids['routing']!, 'SIGSTOP');
    for (let n = 0; n < LEADS; n += AT_A_TIME)
      await Promise.all(Array.from({ length: AT_A_TIME }, () => traffic.submitSalesReadyForm()));
    process.kill(stack.local().pids['routing']!, 'SIGCONT');
    const breached = `select h.id from routing.handoffs h join routing.handoff_history y on y.handoff_id = h.id
      where h.opened_at >= $1 and y.type = 'breached'`;
    const ended = (): Promise<number> =>
      count(stack.local(), `select count(*) from (${breached}) as each`, [since]);

    await eventually(async () => expect(await ended()).toBeGreaterThan(LEADS / 10), {
      within: 60_000,
      every: 20,
    });
    const atKill = await ended();
    const pids = { ...stack.local().pids };
    process.kill(pids['kafka']!, 'SIGSTOP');
    try {
      kill('routing');
      await waitForRestart('routing', pids['routing']!);
      kill('postgres');
      await waitForRestart('postgres', pids['postgres']!);
    } finally {
      process.kill(pids['kafka']!, 'SIGCONT');
    }

    await eventually(async () => expect(await ended()).toBe(LEADS), { within: 120_000, every: 500 });
    await traffic.expectExactCounts();
    const [row] = await query<Record<'handoffs' | 'fired' | 'published', string>>(
      stack.local(),
      `select count(distinct id) as handoffs, count(*) as fired,
         (select count(*) from reporting.handoff_facts where offered_at >= $1 and breached_at is not null) as published
       from (${breached}) as each`,
      [since],
    );
    expect(row).toEqual({ handoffs: String(LEADS), fired: String(LEADS), published: String(LEADS) });
    const seconds = await count(
      stack.local(),
      `select extract(epoch from max(at) - min(at)) from routing.handoff_history where type = 'offered' and at >= $1`,
      [since],
    );
    process.stderr.write(
      `${LEADS} clocks due within ${seconds.toFixed(1)} s; ${atKill} had ended when routing was killed\n`,
    );
  }, 300_000);
});
