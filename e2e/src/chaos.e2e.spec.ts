import { randomUUID } from 'node:crypto';
import { eventually, startStack, type LocalStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AcknowledgedTraffic } from './acknowledged-traffic.js';
import { adminClient, salesReadyForm, submitForm } from './api-clients.js';
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
