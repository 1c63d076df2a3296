import { outgoing, type Outgoing } from '@baton/bus';
import { HandoffOffered, LeadCreated } from '@baton/contracts';
import { ReadDatabase, type Running } from '@baton/platform';
import { eventOf, eventually, httpClient } from '@baton/testing';
import { bearerOf, TestService, testUser } from '@baton/testing/service';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { reporting } from '../reporting.module.js';
import { SseClient } from './sse-client.example.js';

const CLIENTS = 60;

let service: TestService;
/** The process whose queries are counted. */
let counted: Running;
const queries = { funnel: 0, sla: 0 };
const clients: SseClient[] = [];

beforeAll(async () => {
  service = await TestService.start(reporting, { partitions: 2 });
  counted = await service.startAnother();
  const database = counted.app.get(ReadDatabase);
  const rows = database.rows.bind(database);
  database.rows = (sql, parameters) => {
    if (sql.includes('unnest(array_prepend')) queries.funnel += 1;
    if (sql.includes('with clocks') && !sql.includes('breaches')) queries.sla += 1;
    return rows(sql, parameters);
  };
}, 120_000);
afterEach(() => clients.splice(0).forEach((client) => client.close()));
afterAll(() => service?.close());

const bearer = (role: 'seller' | 'manager' = 'seller') => bearerOf(testUser('Sam', role), 'reporting');
const connect = async (show?: string): Promise<SseClient> => {
  const query = show === undefined ? '' : `?show=${show}`;
  const client = await SseClient.open(`${counted.url}/live${query}`, bearer());
  clients.push(client);
  return client;
};
const lead = (): Outgoing[] => {
  const leadId = randomUUID();
  return [
    outgoing(LeadCreated, eventOf(LeadCreated, { leadId, createdAt: new Date().toISOString() }), 1),
    outgoing(HandoffOffered, eventOf(HandoffOffered, { leadId }, 'handoffId'), 1),
  ];
};
const framesOf = (client: SseClient, show: string) =>
  client.events.filter(({ data }) => data['show'] === show).map(({ data }) => data as any);
const newestOf = (client: SseClient, show: string) => framesOf(client, show).at(-1);

describe('reports on the live stream', () => {
  it('are counted once for all clients of a process, after changes and at most once a second', async () => {
    const show = 'funnel:720:channel,sla';
    const all = await Promise.all(Array.from({ length: CLIENTS }, () => connect(show)));
    await eventually(() => all.forEach((client) => expect(newestOf(client, 'sla')).toBeDefined()));
    const before = { ...queries };
    const began = performance.now();
    for (let round = 0; round < 30; round += 1) await service.publish(...lead());
    await eventually(() =>
      all.forEach((client) => {
        expect(newestOf(client, 'funnel:720:channel').total.leads).toBe(30);
        expect(newestOf(client, 'sla').sellers[0]).toMatchObject({ open: 30 });
      }),
    );
    const seconds = 2 + Math.ceil((performance.now() - began) / 1_000);
    for (const report of ['funnel', 'sla'] as const)
      expect(queries[report] - before[report]).toBeLessThanOrEqual(seconds);
    // All got the same snapshots.
    const times = new Set(
      all.map((client) =>
        framesOf(client, 'sla')
          .slice(-1)
          .map(({ asOf }) => asOf)
          .join(),
      ),
    );
    expect(times.size).toBe(1);
  }, 60_000);

  it('are those of the API, the same for every role, and only those that a client shows', async () => {
    const [funnel, sla, total] = [await connect('funnel:24:campaign'), await connect('sla'), await connect()];
    await eventually(() =>
      [newestOf(funnel, 'funnel:24:campaign'), newestOf(sla, 'sla'), newestOf(total, 'funnel')].forEach(
        (frame) => expect(frame).toBeDefined(),
      ),
    );
    for (const role of ['seller', 'manager'] as const) {
      const api = httpClient(counted.url).with(bearer(role));
      const { body } = await api.get('/reports/funnel?hours=24&by=campaign');
      expect(newestOf(funnel, 'funnel:24:campaign')).toMatchObject({
        groups: body.groups,
        total: body.total,
      });
      expect(newestOf(sla, 'sla')).toMatchObject({ clocks: (await api.get('/reports/sla')).body.clocks });
    }
    expect(newestOf(total, 'funnel')).not.toHaveProperty('groups');
    expect(new Set(funnel.events.map(({ type }) => type))).toEqual(new Set(['funnel']));
    expect(new Set(sla.events.map(({ type }) => type))).toEqual(new Set(['sla']));
  });

  it('are not counted for clients who left, nor when nothing changed', async () => {
    const client = await connect('sla');
    await eventually(() => expect(newestOf(client, 'sla')).toBeDefined());
    client.close();
    clients.length = 0;
    const other = await connect('funnel:24:channel');
    const { sla } = queries;
    await service.publish(...lead());
    await eventually(() => expect(newestOf(other, 'funnel:24:channel')?.total.leads).toBe(31));
    expect(queries.sla).toBe(sla);
  });

  it.each(['funnel:25:channel', 'funnel:24:moon', 'funnel:24', 'kpis', '', 'sla,', 'sla,sla,sla,sla,sla'])(
    'refuse to show %j',
    async (show) => {
      const { status } = await httpClient(counted.url).get(`/live?show=${show}`, bearer());
      expect(status).toBe(400);
    },
  );
});
