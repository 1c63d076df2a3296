import { startStack, type LocalJson, type LocalStack } from '@baton/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { AcknowledgedTraffic } from './acknowledged-traffic.js';
import { deadLetterReasons, query } from './stack-queries.js';

let stack: LocalStack;
let traffic: AcknowledgedTraffic;

beforeAll(async () => {
  stack = await startStack();
  traffic = new AcknowledgedTraffic(stack);
}, 240_000);

afterAll(async () => {
  await stack?.stop();
}, 60_000);

/** Copies files with owners and modes: PostgreSQL refuses a data folder of another account. */
const copy = (from: string, to: string) => promisify(execFile)('cp', ['-a', from, to]);

/** Copies the cluster while it runs, as PostgreSQL's low-level base backup does. Resolves with its data folder. */
const backUp = async (local: LocalJson, to: string): Promise<string> => {
  const client = new pg.Client(local.database);
  await client.connect();
  try {
    const { rows: settings } = await client.query<{ data: string }>(
      `select setting as data from pg_settings where name = 'data_directory'`,
    );
    const { data } = settings[0]!;
    await client.query(`select pg_backup_start('e2e', true)`);
    await copy(data, to);
    const { rows } = await client.query<{ labelfile: string }>(
      'select labelfile from pg_backup_stop(wait_for_archive => false)',
    );
    // A copy of a file of the cluster has the owner that PostgreSQL asks for.
    await copy(join(to, 'PG_VERSION'), join(to, 'backup_label'));
    await writeFile(join(to, 'backup_label'), rows[0]!.labelfile);
    await rm(join(to, 'postmaster.pid'));
    // The log is copied last: it leads from the start of the copy to its end.
    await rm(join(to, 'pg_wal'), { recursive: true });
    await copy(join(data, 'pg_wal'), join(to, 'pg_wal'));
    return data;
  } finally {
    await client.end();
  }
};

it('a database restored to an older state loses no acknowledged event and gives no person a second hand-off', async () => {
  const backup = join(stack.home, 'backup');
  await traffic.send(() => undefined);
  await traffic.expectExactCounts();
  const data = await backUp(stack.local(), backup);

  await traffic.send(() => undefined);
  await traffic.expectExactCounts();
  const idsOf = async (table: string): Promise<string[]> =>
    (await query<{ id: string }>(stack.local(), `select id from ${table} order by id`)).map(({ id }) => id);
  const handoffs = await idsOf('routing.handoffs');
  const leads = await idsOf('scoring.leads');
  await stack.restart(async () => {
    await rm(data, { recursive: true });
    await copy(backup, data);
  });
  await traffic.expectStoredOnce();
  // Sellers, links and other services know leads and hand-offs by their ids.
  expect(await idsOf('scoring.leads')).toEqual(leads);
  expect(await idsOf('routing.handoffs')).toEqual(handoffs);
  // Decisions are made again at another time of day: consumers say so, and keep both.
  const reasons = await deadLetterReasons(stack.local());
  expect(reasons.length).toBeGreaterThan(0);
  expect(reasons.filter((reason) => !reason.includes('was set back'))).toEqual([]);

  await traffic.send(() => undefined);
  await traffic.expectStoredOnce();
}, 240_000);
