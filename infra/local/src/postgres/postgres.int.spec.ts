import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { alive } from '../process/orphan-process.js';
import { startPostgres, type RunningPostgres } from './postgres.js';

const query = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

describe('startPostgres', () => {
  let home: string;
  let dir: string;
  let running: RunningPostgres;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'baton-postgres-'));
    chmodSync(home, 0o711);
    dir = join(home, 'postgres');
    running = await startPostgres({ dir });
    await query(running.url, 'create table kept (n int)');
    await query(running.url, 'insert into kept values (42)');
  }, 60_000);

  afterAll(async () => {
    await running.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('answers on the database `baton` with its true pid', async () => {
    const [row] = await query(running.url, 'select current_database() as name, version() as version');
    expect(row).toMatchObject({ name: 'baton', version: expect.stringContaining('PostgreSQL 18') });
    expect(readFileSync(join(dir, 'data', 'postmaster.pid'), 'utf8')).toMatch(
      new RegExp(`^${running.pid}\n`),
    );
  });

  it('frees what a dead host would hold', async () => {
    const rows = await query(
      running.url,
      "select name, setting from pg_settings where name ~ 'keepalives|idle_in_transaction|max_connections'",
    );
    const settings = Object.fromEntries(rows.map((row) => [row['name'], Number(row['setting'])]));
    expect(settings).toMatchObject({ max_connections: 200, tcp_keepalives_idle: 10 });
    expect(settings['idle_in_transaction_session_timeout']).toBeGreaterThan(0);
  });

  it('starts again on the same data, port and password after a stop', async () => {
    const { url, port, pid } = running;
    await running.stop();
    expect(alive(pid)).toBe(false);
    running = await startPostgres({ dir, port });
    expect(running.url).toBe(url);
    expect(await query(url, 'select n from kept')).toEqual([{ n: 42 }]);
  }, 60_000);

  it('starts again on the same port after kill -9 in the middle of work', async () => {
    const { url, port, pid } = running;
    const busy = query(url, 'select pg_sleep(60)').catch((fault: Error) => fault);
    process.kill(pid, 'SIGKILL');
    await running.exited;
    running = await startPostgres({ dir, port });
    expect(running.pid).not.toBe(pid);
    expect(await busy).toHaveProperty('message');
    expect(await query(running.url, 'select n from kept')).toEqual([{ n: 42 }]);
  }, 60_000);

  it('is not misled by a lock file whose pid now belongs to somebody else', async () => {
    await running.stop();
    writeFileSync(join(dir, 'data', 'postmaster.pid'), `${process.ppid}\n${join(dir, 'data')}\n`);
    running = await startPostgres({ dir });
    expect(await query(running.url, 'select n from kept')).toEqual([{ n: 42 }]);
  }, 60_000);

  it('stops a server that an earlier run left behind in the same folder', async () => {
    const left = running;
    const said: string[] = [];
    running = await startPostgres({ dir, log: (line) => said.push(line) });
    expect(alive(left.pid)).toBe(false);
    expect(said.join()).toContain(`pid ${left.pid}`);
    expect(await query(running.url, 'select n from kept')).toEqual([{ n: 42 }]);
  }, 60_000);

  it('says which port is taken and what to do', async () => {
    const other = await new Promise<Server>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
    });
    const { port } = other.address() as { port: number };
    await running.stop();
    try {
      await expect(startPostgres({ dir, port })).rejects.toThrow(
        new RegExp(`PostgreSQL cannot listen on 127.0.0.1:${port}.*taken[^]*--port-base`),
      );
    } finally {
      other.close();
      running = await startPostgres({ dir });
    }
  }, 60_000);

  it('shows what the server logged when it does not come up', async () => {
    await expect(
      startPostgres({ dir: join(home, 'other'), settings: { shared_buffers: 'much' } }),
    ).rejects.toThrow(/did not come up[^]*invalid value for parameter "shared_buffers"[^]*npm run reset/);
  }, 60_000);
});
