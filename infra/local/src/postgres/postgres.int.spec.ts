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

  it('serves the database `baton` and gives its true pid', async () => {
    const [row] = await query(running.url, 'select current_database() as name, version() as version');
    expect(row).toMatchObject({ name: 'baton', version: expect.stringContaining('PostgreSQL 18') });
    expect(readFileSync(join(dir, 'data', 'postmaster.pid'), 'utf8')).toMatch(
      new RegExp(`^${running.pid}\n`),
    );
  });

  it('has timeouts that release the locks of a vanished host', async () => {
    const rows = await query(
      running.url,
      "select name, setting from pg_settings where name ~ 'keepalives|idle_in_transaction|max_connections'",
    );
    const settings = Object.fromEntries(rows.map((row) => [row['name'], Number(row['setting'])]));
    expect(settings).toMatchObject({ max_connections: 200, tcp_keepalives_idle: 10 });
    expect(settings['idle_in_transaction_session_timeout']).toBeGreaterThan(0);
  });

  it('restarts on the same data, port and password after a stop', async () => {
    const { url, port, pid } = running;
    await running.stop();
    expect(alive(pid)).toBe(false);
    running = await startPostgres({ dir, port });
    expect(running.url).toBe(url);
    expect(await query(url, 'select n from kept')).toEqual([{ n: 42 }]);
  }, 60_000);

  it('restarts on the same port after kill -9 during a query', async () => {
    const { url, port, pid } = running;
    const busy = query(url, 'select pg_sleep(60)').catch((fault: Error) => fault);
    process.kill(pid, 'SIGKILL');
    await running.exited;
    running = await startPostgres({ dir, port });
    expect(running.pid).not.toBe(pid);
    expect(await busy).toHaveProperty('message');
    expect(await query(running.url, 'select n from kept')).toEqual([{ n: 42 }]);
  }, 60_000);

  it('ignores a lock file whose pid belongs to another process', async () => {
    await running.stop();
    writeFileSync(join(dir, 'data', 'postmaster.pid'), `${process.ppid}\n${join(dir, 'data')}\n`);
    running = await startPostgres({ dir });
    expect(await query(running.url, 'select n from kept')).toEqual([{ n: 42 }]);
  }, 60_000);

  it('stops an orphaned server of an earlier run in the same folder', async () => {
    const orphan = running;
    const lines: string[] = [];
    running = await startPostgres({ dir, log: (line) => lines.push(line) });
    expect(alive(orphan.pid)).toBe(false);
    expect(lines.join()).toContain(`pid ${orphan.pid}`);
    expect(await query(running.url, 'select n from kept')).toEqual([{ n: 42 }]);
  }, 60_000);

  it('reports the port in use and what to do', async () => {
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

  it('reports the log of a server that does not come up', async () => {
    await expect(
      startPostgres({ dir: join(home, 'other'), settings: { shared_buffers: 'much' } }),
    ).rejects.toThrow(/did not come up[^]*invalid value for parameter "shared_buffers"[^]*npm run reset/);
  }, 60_000);
});
