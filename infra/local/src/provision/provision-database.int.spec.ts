import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres, type RunningPostgres } from '../postgres/postgres.js';
import { perService, serviceNames, type ServiceName } from '../services.js';
import { BI_ROLE, provisionDatabase, serviceDatabaseUrl } from './provision-database.js';

const passwords = perService((name) => `secret of ${name}'s`);

describe('provisionDatabase', () => {
  let home: string;
  let postgres: RunningPostgres;

  const query = async (url: string, sql: string): Promise<unknown[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const as = (service: ServiceName, sql: string): Promise<unknown[]> =>
    query(serviceDatabaseUrl(postgres.url, service, passwords[service]), sql);

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'baton-provision-'));
    chmodSync(home, 0o711);
    postgres = await startPostgres({ dir: join(home, 'postgres'), settings: { fsync: 'off' } });
    await provisionDatabase(postgres.url, passwords);
  }, 60_000);

  afterAll(async () => {
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it.each(serviceNames)('gives %s its own schema as search path', async (service) => {
    await as(service, 'create table things (n int)');
    expect(
      await as(service, `select schemaname, tableowner from pg_tables where tablename = 'things'`),
    ).toContainEqual({
      schemaname: service,
      tableowner: service,
    });
    expect(await as(service, 'select * from things')).toEqual([]);
  });

  it.each(serviceNames)('denies %s access to every other schema', async (service) => {
    for (const other of serviceNames.filter((name) => name !== service)) {
      await expect(as(service, `select * from ${other}.things`)).rejects.toThrow('permission denied');
      await expect(as(service, `create table ${other}.mine (n int)`)).rejects.toThrow('permission denied');
    }
    await expect(as(service, 'create table public.mine (n int)')).rejects.toThrow('permission denied');
  });

  it('lets the role of BI tools log in only while it has a password, and read nothing of itself', async () => {
    const url = new URL(postgres.url);
    Object.assign(url, { username: BI_ROLE, password: "it's secret" });
    await expect(query(url.href, 'select 1')).rejects.toThrow('authentication failed');
    await provisionDatabase(postgres.url, passwords, "it's secret");
    expect(await query(url.href, 'show statement_timeout')).toEqual([{ statement_timeout: '1min' }]);
    for (const sql of ['select * from reporting.things', 'create table reporting.mine (n int)'])
      await expect(query(url.href, sql)).rejects.toThrow(/permission denied|read-only/);
    await provisionDatabase(postgres.url, passwords);
    await expect(query(url.href, 'select 1')).rejects.toThrow('authentication failed');
  });

  it('is idempotent, also concurrently, and keeps the data', async () => {
    await as('scoring', 'insert into things values (1)');
    await Promise.all([
      provisionDatabase(postgres.url, passwords),
      provisionDatabase(postgres.url, passwords),
    ]);
    expect(await as('scoring', 'select n from things')).toEqual([{ n: 1 }]);
  });

  it('needs no superuser, only the right to create roles and schemas', async () => {
    await query(postgres.url, `create role ops login createrole password 'x'`);
    await query(postgres.url, 'create database theirs owner ops');
    const theirs = new URL(postgres.url);
    Object.assign(theirs, { username: 'ops', password: 'x', pathname: '/theirs' });
    // Roles are global to the server: only its own ones can be altered by `ops`.
    for (const name of serviceNames) {
      await query(postgres.url, `drop schema ${name} cascade`);
      await query(postgres.url, `drop owned by ${name}`);
      await query(postgres.url, `drop role ${name}`);
    }
    await query(postgres.url, `drop role ${BI_ROLE}`);
    await provisionDatabase(theirs.href, passwords);
    await provisionDatabase(theirs.href, passwords);
    const url = serviceDatabaseUrl(theirs.href, 'routing', passwords.routing);
    await query(url, 'create table things (n int)');
    expect(await query(url, 'select current_schema() as schema')).toEqual([{ schema: 'routing' }]);
  });
});
