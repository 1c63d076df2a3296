import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { User } from '@baton/platform';
import { eventually, httpClient, type HttpClient } from '@baton/testing';
import { bearerOf } from '@baton/testing/service';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { recycled, TestRouting } from './routing.example.js';

/** Max open hand-offs of each seller who has a limit. */
const MAX_OPEN = 20;
const ROUNDS = 20;
const LEADS_PER_ROUND = 60;

let app: TestRouting;
let second: ChildProcess;
let secondUrl: string;
const sellers: User[] = [];

const root = resolve(import.meta.dirname, '../../..');

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((done) => void server.close(() => done()));
  return port;
};

const startSecond = async (): Promise<void> => {
  const [port, managementPort] = [await freePort(), await freePort()];
  second = spawn(
    process.execPath,
    [
      '--conditions=@baton/source',
      `--import=${resolve(root, 'libs/testing/typescript.mjs')}`,
      resolve(root, 'services/routing/src/main.ts'),
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        ...app.service.environment,
        PORT: String(port),
        MANAGEMENT_PORT: String(managementPort),
      },
      stdio: 'ignore',
    },
  );
  secondUrl = `http://127.0.0.1:${port}`;
  await eventually(
    async () => {
      const { status } = await httpClient(`http://127.0.0.1:${managementPort}`).get('/health/ready');
      expect(status).toBe(200);
    },
    { within: 60_000, every: 100 },
  );
};

const stopSecond = async (): Promise<void> => {
  if (!second || second.exitCode !== null) return;
  const exited = once(second, 'exit');
  second.kill('SIGTERM');
  await exited;
};

/** The API of one of the two processes, alternately. */
let turn = 0;
const clientOf = async (user: User): Promise<HttpClient> => {
  turn += 1;
  if (turn % 2 === 0) return app.as(user);
  return httpClient(secondUrl).with(bearerOf(user, 'routing'));
};

beforeAll(async () => {
  app = await TestRouting.start(8);
  await app.rows(`insert into teams (name) values ('Partners')`);
  for (const name of ['Sam', 'Ann', 'Bob', 'Cy'])
    sellers.push(await app.seller(name, { maxOpen: MAX_OPEN, weight: 1 }));
  for (const name of ['Pia', 'Paul']) sellers.push(await app.seller(name, { team: 'Partners' }));
  await app.sign((policy) => {
    policy.accept = {
      within: { amount: 1, unit: 'seconds', calendar: 'elapsed' },
      steps: [
        { at: 0.5, do: 'warn' },
        { at: 1, do: 'reassign' },
      ],
    };
    policy.maxReassignments = 50;
  });
  await startSecond();
}, 180_000);

afterAll(async () => {
  await stopSecond();
  await app?.close();
});

interface Row {
  readonly id: string;
  readonly lead_id: string;
  readonly seller_id: string;
}

/** One person who decides what is offered now: accepts, rejects, logs attempts, or passes it on to the other team. */
const decideSome = async (): Promise<string[]> => {
  const rejected: string[] = [];
  const offered = await app.rows<Row>(
    `select id, lead_id, seller_id from handoffs where status = 'offered' order by random() limit 25`,
  );
  await Promise.all(
    offered.map(async ({ id, lead_id, seller_id }, n) => {
      const seller = sellers.find((one) => one.id === seller_id)!;
      const client = await clientOf(n % 5 === 4 ? app.manager : seller);
      const post = (action: string, body: object = {}) => client.post(`/handoffs/${id}/${action}`, body);
      const partner = sellers[4 + (n % 2)]!;
      const { status } =
        n % 5 === 4
          ? await post('reassign', n % 2 === 0 ? {} : { sellerId: partner.id })
          : n % 5 < 2
            ? await post('accept')
            : await post('reject', { reason: 'no-budget' });
      expect([200, 409]).toContain(status);
      if (status === 200 && n % 5 < 2) {
        const bant = { budget: true, authority: true, need: true, timeline: true };
        await post('attempts', { channel: 'phone', outcome: 'reached' });
        expect([200, 409]).toContain((await post('qualify', bant)).status);
      }
      if (status === 200 && (n % 5 === 2 || n % 5 === 3)) rejected.push(lead_id);
    }),
  );
  return rejected;
};

const changeSellers = async (): Promise<void> => {
  const manager = await clientOf(app.manager);
  await Promise.all(
    sellers.slice(0, 4).flatMap((seller) =>
      [false, true].map(async (available) => {
        const settings = { name: seller.name, maxOpen: MAX_OPEN, available };
        expect((await manager.put(`/sellers/${seller.id}`, settings)).status).toBe(200);
      }),
    ),
  );
  for (const seller of sellers.slice(0, 4))
    await manager.put(`/sellers/${seller.id}`, { name: seller.name, maxOpen: MAX_OPEN, available: true });
};

const overLimit = () =>
  app.rows(
    `select seller_id, count(*)::integer from handoffs join sellers on sellers.id = seller_id
     where status in ('offered', 'accepted') group by seller_id, max_open having count(*) > max_open`,
  );

const deadlocks = async (): Promise<number> => {
  const [row] = await app.rows<{ deadlocks: number }>(
    'select deadlocks::integer from pg_stat_database where datname = current_database()',
  );
  return row!.deadlocks;
};

describe('two processes of routing under load', () => {
  it('count exactly, exceed no limit and do not deadlock', async () => {
    const before = await deadlocks();
    let leads = 0;
    let rejections = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const published = app.leads(LEADS_PER_ROUND);
      const [rejected] = await Promise.all([decideSome(), changeSellers(), published]);
      expect(await overLimit()).toEqual([]);
      leads += LEADS_PER_ROUND;
      // Scoring answers the rejections, and the leads become sales-ready again.
      for (const leadId of rejected) {
        await app.leads(1, { leadId, ...recycled });
        await app.leads(1, { leadId, from: 'recycled' });
      }
      rejections += rejected.length;
    }
    // No clock is due any more, and whatever waits is offered. The review of the agreement is due every minute.
    await app.sign((policy) => (policy.maxReassignments = 0));
    for (const seller of sellers)
      await app.put(seller, seller.name.startsWith('P') ? { team: 'Partners' } : {});
    await app.caughtUp();
    await eventually(
      async () => {
        expect(await app.rows(`select from handoffs where status = 'waiting'`)).toEqual([]);
        expect(
          await app.rows(
            `select from timers where due_at < now() + interval '1 minute' and kind not in ('waiting', 'agreement-review')`,
          ),
        ).toEqual([]);
      },
      { within: 60_000 },
    );
    await stopSecond();
    await app.caughtUp();
    const handoffs = await app.rows<{ id: string; version: number }>(
      `select id, (state ->> 'version')::integer as version from handoffs`,
    );
    expect(handoffs).toHaveLength(leads + rejections);
    expect(rejections).toBeGreaterThan(0);
    // Every event once, with the next sequence.
    await eventually(() => {
      for (const { id, version } of handoffs)
        expect(app.eventsOf(id).map(({ sequence }) => sequence)).toEqual(
          Array.from({ length: version }, (_, n) => n + 1),
        );
    });
    // Every offer counted once.
    const counted = await app.rows<{ id: string; offers: number; day: string }>(
      'select id, offers, offers_on::text as day from sellers order by id',
    );
    const offers = app.service.published.filter(({ type }) => /offered|reassigned/.test(type));
    expect(counted.map(({ id, offers: count }) => ({ id, count }))).toEqual(
      counted.map(({ id, day }) => ({
        id,
        count: offers.filter(
          ({ data }) => data.sellerId === id && (data.offeredAt ?? data.reassignedAt).startsWith(day),
        ).length,
      })),
    );
    // Statistics of a connection are complete when it is closed.
    await app.service.stop();
    expect(await deadlocks()).toBe(before);
  }, 240_000);
});
