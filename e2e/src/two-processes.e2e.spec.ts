import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  eventually,
  startSecondProcess,
  startStack,
  type LocalStack,
  type SecondProcess,
} from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AcknowledgedTraffic } from './acknowledged-traffic.js';
import { count } from './stack-queries.js';

const SERVICES = ['scoring', 'routing', 'reporting'];

let stack: LocalStack;
let traffic: AcknowledgedTraffic;
const second = new Map<string, SecondProcess>();

beforeAll(async () => {
  stack = await startStack();
  traffic = new AcknowledgedTraffic(stack);
  for (const service of SERVICES) second.set(service, await startSecondProcess(stack.local(), service));
}, 300_000);

afterAll(async () => {
  await Promise.allSettled([...second.values()].map((process) => process.stop('SIGKILL')));
  await stack?.stop();
}, 60_000);

/** Lines with this text in PostgreSQL's logs. */
const inDatabaseLog = (text: string): string[] =>
  readdirSync(stack.home, { recursive: true, encoding: 'utf8' })
    .filter((file) => /postgres[^/]*\.log$/.test(file))
    .flatMap((file) => readFileSync(join(stack.home, file), 'utf8').split('\n'))
    .filter((line) => line.includes(text));

describe('two processes each of scoring, routing and reporting', () => {
  it.each(SERVICES)(
    'process every acknowledged event exactly once when one process of %s is killed under load',
    async (service) => {
      const killed = second.get(service)!;
      await traffic.send(() => void killed.stop('SIGKILL'));
      second.set(service, await startSecondProcess(stack.local(), service));
      await traffic.expectExactCounts();
    },
    180_000,
  );

  it.each(SERVICES)(
    'process every acknowledged event exactly once when the supervised process of %s is killed',
    async (service) => {
      const pid = stack.local().pids[service]!;
      await traffic.send(() => process.kill(pid, 'SIGKILL'));
      await eventually(() => expect(stack.local().pids[service]).not.toBe(pid), { within: 30_000 });
      await traffic.expectExactCounts();
    },
    180_000,
  );

  it('never deadlock', async () => {
    const deadlocks = 'select coalesce(sum(deadlocks), 0) from pg_stat_database';
    expect(await count(stack.local(), deadlocks)).toBe(0);
    expect(inDatabaseLog('deadlock detected')).toEqual([]);
  });
});
