import { once } from 'node:events';
import { connect as connectSocket, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Database } from '@baton/bus';
import { eventually, testDatabase, type TestDatabase } from '@baton/testing';
import { identityEnvironment } from '@baton/testing/service';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { ServiceConfig } from '../config/service.config.js';
import { createLogger } from '../log/logger.js';
import { service } from '../service.js';
import { dataSourceOf, pipelineLimits, readLimits, type PoolLimits } from './connect.js';

/** A TCP proxy in front of the database whose host can vanish: it stops forwarding without closing a connection. */
class Proxy {
  private readonly server: Server;
  private readonly sockets: Socket[] = [];
  private isForwarding = true;

  constructor(private readonly target: URL) {
    this.server = createServer((client) => {
      const upstream = connectSocket(Number(target.port), target.hostname);
      this.sockets.push(client, upstream);
      for (const [from, to] of [
        [client, upstream],
        [upstream, client],
      ] as const)
        from.on('data', (chunk) => this.isForwarding && to.write(chunk)).on('error', () => undefined);
    });
  }

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const url = new URL(this.target);
    url.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return url.href;
  }

  vanish(): void {
    this.isForwarding = false;
  }

  comeBack(): void {
    this.sockets.splice(0).forEach((socket) => socket.destroy());
    this.isForwarding = true;
  }

  stop(): void {
    this.comeBack();
    this.server.close();
  }
}

const spec = service({ name: 'limits', config: ServiceConfig });

describe('the limits of a connection pool', () => {
  let db: TestDatabase;
  const opened: { proxy: Proxy; database: Database }[] = [];

  beforeAll(async () => {
    db = await testDatabase({ name: 'limits' });
  });
  afterEach(async () => {
    for (const { proxy, database } of opened.splice(0)) {
      proxy.comeBack();
      await database.source.destroy();
      proxy.stop();
    }
  });
  afterAll(() => db.drop());

  const open = async (limitsOf: (config: ServiceConfig) => PoolLimits, environment: object = {}) => {
    const proxy = new Proxy(new URL(db.url));
    const config = loadConfig(spec, {
      DATABASE_URL: await proxy.start(),
      ...identityEnvironment,
      ...environment,
    });
    const logger = await createLogger({ name: 'spec', level: 'silent' });
    const source = dataSourceOf({ spec, config, logger, limits: limitsOf(config) });
    const database = new Database(await source.initialize());
    opened.push({ proxy, database });
    return { proxy, database };
  };
  const elapsedMs = async (work: () => Promise<unknown>): Promise<number> => {
    const startedAt = Date.now();
    await work();
    return Date.now() - startedAt;
  };
  const LIMITS = { DATABASE_QUERY_TIMEOUT_MS: '500', DATABASE_POOL_SIZE: '2' };

  it('fail a query, and a whole transaction, when the host vanishes without closing the connection', async () => {
    const { proxy, database } = await open(pipelineLimits, LIMITS);
    await database.rows('select 1');
    proxy.vanish();
    const timedOut = { code: 'ETIMEDOUT' };
    expect(
      await elapsedMs(() =>
        expect(database.rows('select 1')).rejects.toMatchObject({ driverError: timedOut }),
      ),
    ).toBeLessThan(1_500);
    proxy.comeBack();
    const inTransaction = database.transaction(async (tx) => {
      await tx.rows('select 1');
      proxy.vanish();
      await tx.rows('select 2');
    });
    expect(await elapsedMs(() => expect(inTransaction).rejects.toMatchObject(timedOut))).toBeLessThan(1_500);
  });

  it('let the pool continue with new connections when the host is back', async () => {
    const { proxy, database } = await open(pipelineLimits, LIMITS);
    await Promise.all([database.rows('select 1'), database.rows('select 1')]);
    proxy.vanish();
    const lost = [1, 2].map(() => database.rows('select 1').catch(() => 'lost'));
    expect(await Promise.all(lost)).toEqual(['lost', 'lost']);
    proxy.comeBack();
    await eventually(async () => expect(await database.rows('select 1 as one')).toEqual([{ one: 1 }]));
  });

  it('cancel a slow read on the server, and keep its connection', async () => {
    const { database } = await open(readLimits, { DATABASE_READ_TIMEOUT_MS: '100' });
    const before = await database.rows('select pg_backend_pid() as pid');
    await expect(database.rows('select pg_sleep(5)')).rejects.toMatchObject({
      driverError: { code: '57014' },
    });
    expect(await database.rows('select pg_backend_pid() as pid')).toEqual(before);
  });

  it('give reads connections of their own: a pool without a free one refuses, the other one works', async () => {
    const { database: reads } = await open(readLimits, { DATABASE_READ_POOL_SIZE: '1' });
    const { database: pipeline } = await open(pipelineLimits);
    const slow = reads.rows('select pg_sleep(6)');
    const queued = reads.rows('select 1').catch((fault: Error) => fault.message);
    expect(await elapsedMs(() => pipeline.rows('select 1'))).toBeLessThan(1_000);
    expect(await queued).toMatch(/timeout exceeded/);
    await slow;
  }, 15_000);
});
