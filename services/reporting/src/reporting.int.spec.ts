import {
  BusClient,
  busMigrations,
  outgoing,
  Outbox,
  provisionTopics,
  Publisher,
  type Outgoing,
} from '@baton/bus';
import {
  ActivityRecorded,
  DefinitionActivated,
  HandoffOffered,
  LeadCreated,
  LeadScored,
  LeadStageChanged,
} from '@baton/contracts';
import { createLogger, signIdentity, start, type Role, type Running } from '@baton/platform';
import {
  eventOf,
  eventually,
  httpClient,
  testDatabase,
  testKafka,
  type TestDatabase,
  type TestKafka,
} from '@baton/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { reporting } from './reporting.module.js';

const SECRET = 'a secret of at least thirty-two characters';
const log = await createLogger({ name: 'spec', level: 'silent' });

let kafka: TestKafka;
let own: TestDatabase;
let scoring: TestDatabase;
let service: Running;
let outbox: Outbox;
let publisher: Publisher;
const readers: Reader[] = [];

const environment = () => ({
  DATABASE_URL: own.url,
  KAFKA_BROKERS: kafka.brokers.join(','),
  TOPIC_PREFIX: kafka.topicPrefix,
  IDENTITY_SECRET: SECRET,
  LOG_LEVEL: 'silent',
});

const bearer = async (role: Role = 'seller') => ({
  authorization: `Bearer ${await signIdentity(SECRET, { id: randomUUID(), name: 'Somebody', role })}`,
});
const ask = async (path: string, role?: Role) => httpClient(service.url).get(path, await bearer(role));
const publish = (...events: Outgoing[]) =>
  outbox.transact(() => Promise.resolve({ events, result: undefined }));

/** A program that reads the live stream. */
class Reader {
  readonly events: { id?: number; type: string; data: any }[] = [];
  comments = 0;
  ended = false;

  private constructor(
    readonly response: IncomingMessage,
    reads: boolean,
  ) {
    let text = '';
    response.on('close', () => (this.ended = true)).on('error', () => undefined);
    if (!reads) return;
    response.setEncoding('utf8').on('data', (chunk: string) => {
      const frames = (text + chunk).split('\n\n');
      text = frames.pop()!;
      frames.forEach((frame) => this.read(frame));
    });
  }

  static async open(url: string, headers: Record<string, string> = {}, reads = true): Promise<Reader> {
    const all = { ...(await bearer()), ...headers };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(url, { headers: all }, resolve).on('error', reject);
    });
    expect([response.statusCode, response.headers['content-type']]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    const reader = new Reader(response, reads);
    readers.push(reader);
    return reader;
  }

  ids(): number[] {
    return this.events.flatMap(({ id }) => id ?? []);
  }

  private read(frame: string): void {
    const lines = Object.fromEntries(
      frame.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]),
    );
    if (lines['event'] === undefined) return void (this.comments += 1);
    const id = lines['id'] === undefined ? {} : { id: Number(lines['id']) };
    this.events.push({ ...id, type: lines['event'], data: JSON.parse(lines['data'] ?? 'null') });
  }
}

beforeAll(async () => {
  kafka = await testKafka();
  await provisionTopics({ ...kafka, log, partitions: 2 });
  own = await testDatabase({ name: 'reporting', migrations: reporting.migrations });
  scoring = await testDatabase({ name: 'scoring', migrations: busMigrations });
  const client = new BusClient({ name: 'scoring', ...kafka, log });
  outbox = new Outbox(client, scoring.database);
  publisher = new Publisher(client);
  await publisher.start();
  service = await start(reporting, environment());
}, 120_000);

afterEach(() => readers.splice(0).forEach((reader) => reader.response.destroy()));

afterAll(async () => {
  await Promise.all([service?.stop(), outbox?.stop(), publisher?.stop()]);
  await Promise.all([own?.drop(), scoring?.drop()]);
});

/** A lead that was created in `channel` on a day and rose to MQL. */
const aLife = (channel: string, createdAt = '2026-01-05T09:00:00.000Z') => {
  const leadId = randomUUID();
  return [
    outgoing(LeadCreated, eventOf(LeadCreated, { leadId, channel, createdAt }), 1),
    outgoing(LeadScored, eventOf(LeadScored, { leadId }), 2),
    outgoing(LeadStageChanged, eventOf(LeadStageChanged, { leadId, channel }), 3),
  ];
};

describe('the funnel report', () => {
  it('counts a cohort by what brought it, in the words of the signed funnel, each message once', async () => {
    const document = {
      stages: ['visitor', 'lead', 'mql', 'sal'].map((key) => ({ key, label: key.toUpperCase() })),
      exits: [{ key: 'recycled', label: 'Recycled' }],
    };
    await publish(
      outgoing(DefinitionActivated, eventOf(DefinitionActivated, { definitionId: 'funnel-1', document }), 1),
    );
    const lives = [aLife('email'), aLife('email'), aLife('paid-search')];
    await publish(...lives.flat());
    await publish(...lives.flat());
    const path = '/reports/funnel?by=channel&from=2026-01-05&to=2026-01-05T23:00:00Z';
    const report = await eventually(async () => {
      const { body } = await ask(path);
      expect(body).toMatchObject({ funnelId: 'funnel-1', total: { leads: 3, counts: { mql: 3 } } });
      return body;
    });
    expect(report).toMatchObject({
      by: 'channel',
      from: '2026-01-05',
      to: '2026-01-05',
      cohort: 'leads created in the period',
      newestEventAt: expect.any(String),
      stages: [{ key: 'visitor', label: 'VISITOR' }, {}, {}, {}],
      groups: [
        { key: 'email', leads: 2, counts: { visitor: 2, lead: 2, mql: 2, sal: 0, recycled: 0 } },
        { key: 'paid-search', leads: 1 },
      ],
    });
    expect(report.groups[0].rates[3]).toEqual({ stage: 'sal', numerator: 0, denominator: 2 });
    expect((await ask('/reports/funnel?from=2026-01-06&to=2026-01-06')).body.total.leads).toBe(0);
    const seen = await Promise.all(
      (['marketing', 'seller', 'manager', 'admin'] as const).map((role) => ask(path, role)),
    );
    expect(new Set(seen.map(({ body }) => JSON.stringify(body.groups))).size).toBe(1);
  });

  it('refuses periods and groupings that are none', async () => {
    expect((await ask('/reports/funnel?from=2026-02-30')).body).toMatchObject({
      status: 400,
      errors: [{ pointer: '/from' }],
    });
    expect((await ask('/reports/funnel?by=moon')).body).toMatchObject({
      status: 400,
      errors: [{ pointer: '/by' }],
    });
    expect((await httpClient(service.url).get('/reports/funnel')).status).toBe(401);
  });
});

describe('the SLA report', () => {
  it('shows an overdue clock as breached although nothing said so', async () => {
    const offer = eventOf(HandoffOffered, { acceptBy: '2026-01-06T09:00:00.000Z' }, 'handoffId', 'leadId');
    await publish(outgoing(HandoffOffered, offer, 1));
    await eventually(async () => {
      const { body } = await ask('/reports/sla');
      expect(body.clocks).toEqual([
        {
          name: 'accept',
          running: 0,
          overdue: 1,
          met: 0,
          breached: 1,
          rate: { numerator: 0, denominator: 1 },
        },
        {
          name: 'first-touch',
          running: 0,
          overdue: 0,
          met: 0,
          breached: 0,
          rate: { numerator: 0, denominator: 0 },
        },
      ]);
      expect(body.sellers).toMatchObject([{ name: 'Sam Seller', open: 1, breached: 1 }]);
    });
  });
});

describe('the touches report', () => {
  it('counts an activity once however often its sender sent it', async () => {
    const activity = eventOf(ActivityRecorded, { channel: 'sms' }, 'activityId');
    const robots = eventOf(ActivityRecorded, { channel: 'sms', bot: true }, 'activityId');
    for (const data of [activity, activity, robots, activity])
      await publisher.publish([{ contract: ActivityRecorded, data }]);
    await eventually(async () => {
      const { body } = await ask('/reports/touches?from=2026-01-05&to=2026-01-05');
      expect(body.groups).toEqual([{ key: 'sms', touches: 1, bots: 1 }]);
    });
  });
});

describe('dead letters', () => {
  it('are listed for admins, with the reader and the reason', async () => {
    const broken = { ...eventOf(LeadScored), leadId: 'no uuid' };
    await publishRaw('leads', broken);
    const { id, at, ...rest } = await eventually(async () => {
      const { body } = await ask('/dead-letters', 'admin');
      expect(body.items).toHaveLength(1);
      return body.items[0];
    });
    expect([id, at]).toEqual([expect.any(String), expect.stringMatching(/Z$/)]);
    expect(rest).toMatchObject({
      topic: 'leads',
      reader: 'live',
      type: 'lead.scored.v1',
      partition: expect.any(Number),
    });
    expect(rest.reason).toContain('/leadId');
    expect((await ask('/dead-letters', 'marketing')).status).toBe(403);
    expect((await ask('/dead-letters?cursor=x', 'admin')).status).toBe(400);
  });
});

/** Puts something on a topic that no service of ours would. */
const publishRaw = async (topic: string, data: object): Promise<void> => {
  await outbox.commit(() =>
    Promise.resolve({
      messages: [
        {
          topic,
          key: 'k',
          value: JSON.stringify(data),
          headers: {
            ce_specversion: '1.0',
            ce_id: randomUUID(),
            ce_type: 'lead.scored.v1',
            ce_source: '/scoring',
          },
        },
      ],
      result: undefined,
    }),
  );
};

describe('the live stream', () => {
  const created = (reader: Reader) => reader.events.filter(({ data }) => data.what === 'created');

  it('tells everybody what happens, in one order, with the funnel beside it', async () => {
    const [one, two] = [await Reader.open(`${service.url}/live`), await Reader.open(`${service.url}/live`)];
    const lives = Array.from({ length: 20 }, () => aLife('email'));
    await publish(...lives.flat());
    await eventually(() => [one, two].forEach((reader) => expect(created(reader)).toHaveLength(20)));
    await eventually(() => expect(two.ids()).toEqual(one.ids()));
    expect(one.ids()).toEqual([...one.ids()].sort((a, b) => a - b));
    expect(new Set(one.events.map(({ type }) => type))).toEqual(new Set(['funnel', 'lead']));
    await eventually(() => {
      const funnel = one.events.findLast(({ type }) => type === 'funnel');
      expect(funnel).toMatchObject({
        data: { total: { counts: expect.any(Object) }, cohort: expect.any(String) },
      });
      expect(funnel?.id).toBeUndefined();
    });
  });

  it('goes on where a reader was, and says nothing twice', async () => {
    const first = await Reader.open(`${service.url}/live`);
    await publish(...aLife('email'), ...aLife('email'));
    await eventually(() => expect(first.ids().length).toBeGreaterThanOrEqual(6));
    const [seen] = first.ids();
    first.response.destroy();
    await publish(...aLife('email'));
    const again = await Reader.open(`${service.url}/live`, { 'last-event-id': String(seen) });
    await eventually(() => expect(again.ids().length).toBeGreaterThanOrEqual(8));
    expect(again.ids()).toEqual(Array.from({ length: again.ids().length }, (_, i) => seen! + 1 + i));
    const recent = await Reader.open(`${service.url}/live?recent=2`);
    await eventually(() => expect(recent.ids()).toEqual(again.ids().slice(-2)));
  });

  it('tells readers of every process, whichever process counted', async () => {
    const other = await start(reporting, environment());
    await eventually(
      async () => expect((await httpClient(other.managementUrl).get('/health/ready')).status).toBe(200),
      {
        within: 30_000,
      },
    );
    const [here, there] = [await Reader.open(`${service.url}/live`), await Reader.open(`${other.url}/live`)];
    const [event] = aLife('email');
    await publish(event!);
    await eventually(() => expect([created(here).length, created(there).length]).toEqual([1, 1]), {
      within: 30_000,
    });
    await other.stop();
    expect(there.ended).toBe(true);
    expect(here.ended).toBe(false);
  }, 60_000);

  it('survives the loss of its connections to the database', async () => {
    const reader = await Reader.open(`${service.url}/live`);
    await own.database.rows(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await publish(...aLife('email'));
    await eventually(() => expect(created(reader)).toHaveLength(1), { within: 30_000 });
  }, 60_000);

  it('cuts off a reader who does not read, and no other', async () => {
    const lazy = await Reader.open(`${service.url}/live`, {}, false);
    const keen = await Reader.open(`${service.url}/live`);
    const newest = async () => {
      const [row] = await own.database.rows<{ last: string }>('select last_id as last from live_counter');
      return Number(row!.last);
    };
    const before = await newest();
    for (let round = 0; round < 12; round += 1) {
      await own.database.rows(
        `with counted as (update live_counter set last_id = last_id + 1000 returning last_id)
         insert into live_events (id, type, data)
         select last_id - 1000 + n, 'handoff', json_build_object('what', 'test', 'padding', repeat('x', 1000))
         from counted, generate_series(1, 1000) as n`,
      );
      await own.database.rows(`select pg_notify('live:' || current_schema(), '')`);
      await eventually(() => expect(keen.ids().at(-1)).toBe(before + (round + 1) * 1000));
    }
    lazy.response.resume();
    await eventually(() => expect([lazy.ended, keen.ended]).toEqual([true, false]));
    const [row] = await own.database.rows<{ kept: number }>('select count(*)::int as kept from live_events');
    expect(row!.kept).toBeLessThanOrEqual(11_000);
  }, 60_000);

  it('wants a login, and an id that can be one', async () => {
    expect((await httpClient(service.url).get('/live')).status).toBe(401);
    expect((await ask('/live?lastEventId=x')).status).toBe(400);
  });
});
