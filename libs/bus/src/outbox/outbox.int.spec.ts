import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HandoffWarned, LeadScored } from '@baton/contracts';
import { eventOf, eventually } from '@baton/testing';
import { CountWarnings, leads, scored, TestBus } from '../bus.example.js';
import { toWire } from '../event/cloud-event.js';
import { outgoing } from '../event/message.js';
import { encodeMessages } from './frames.js';
import { Outbox, UnpublishableEvent } from './outbox.js';

let routing: TestBus;
beforeEach(async () => void (routing = await TestBus.of('routing')));
afterEach(() => routing.stop());

const open = async (): Promise<Outbox> => {
  const outbox = new Outbox(routing.client(), routing.db.database);
  await outbox.start();
  routing.later(() => outbox.stop());
  return outbox;
};

const rowOf = async (messages: Parameters<typeof encodeMessages>[0]): Promise<void> => {
  const frames = encodeMessages(messages);
  await routing.query('insert into outbox (bytes, messages) values ($1, $2)', [frames.length, frames]);
};

const published = (topic: string): Promise<number> =>
  routing.withAdmin(async (admin, physical) => {
    const ends = await admin.fetchTopicOffsets(physical(topic));
    return ends.reduce((sum, { high }) => sum + Number(high), 0);
  });

const wire = (count: number, padding = 0) =>
  scored(count, leads(1)).map((event) => {
    const message = toWire(event, 'routing', new Date().toISOString());
    return { ...message, value: message.value.replace(/}$/, `,"padding":"${'x'.repeat(padding)}"}`) };
  });

describe('the outbox', () => {
  it('publishes within seconds what nobody in this process decided: a commit whose answer was lost, or a killed process', async () => {
    await open();
    await rowOf(wire(3));
    await eventually(async () => expect(await published('leads')).toBe(3), { within: 10_000 });
    await eventually(async () => expect(await routing.total('outbox')).toBe(0));
  });

  it('publishes rows that are together and alone larger than a broker takes, in order', async () => {
    // Twelve rows of about 4 MB each, all of one key: one partition.
    for (let row = 0; row < 12; row += 1) await rowOf(wire(2_000, 2_000));
    await open();
    await eventually(async () => expect(await published('leads')).toBe(24_000), { within: 60_000 });
    await eventually(async () => expect(await routing.total('outbox')).toBe(0));
  }, 90_000);

  it('reports depth and age while nothing can be published, and lets nobody decide without bound', async () => {
    const outbox = await open();
    await routing.withAdmin((admin, physical) => admin.deleteTopics({ topics: [physical('leads')] }));
    const decisions = Array.from({ length: 20 }, async (_, i) => {
      await outbox.hasCapacity();
      await outbox.transact(() => Promise.resolve({ events: scored(1, leads(1)), result: i }));
      return i;
    });
    void Promise.allSettled(decisions);
    await eventually(() => expect(outbox.status.rows).toBeGreaterThan(0));
    await eventually(() => expect(outbox.status).toMatchObject({ fault: expect.any(String) }), {
      within: 30_000,
    });
    const stopping = new AbortController();
    const waiting = outbox.hasCapacity(stopping.signal);
    stopping.abort();
    await waiting;
    await routing.query('truncate outbox');
  }, 60_000);

  it('refuses an event that breaks its contract before anything is committed', async () => {
    const outbox = await open();
    const broken = outgoing(LeadScored, { ...eventOf(LeadScored), leadId: 'no id' }, 1);
    await expect(
      outbox.transact(() => Promise.resolve({ events: [broken], result: undefined })),
    ).rejects.toBeInstanceOf(UnpublishableEvent);
    expect(await routing.total('outbox')).toBe(0);
  });

  it('keeps nothing in memory of rows that another process published', async () => {
    const [one, other] = [await open(), await open()];
    for (let i = 0; i < 60; i += 1)
      await (i % 2 ? one : other).transact(() =>
        Promise.resolve({ events: scored(1, leads(1)), result: undefined }),
      );
    await eventually(async () => expect(await published('leads')).toBe(60));
    // Private, and the only place where a leak of rows that a sibling published would be seen.
    for (const outbox of [one, other])
      await eventually(() =>
        expect((outbox as unknown as { pending: Map<string, unknown> }).pending.size).toBe(0),
      );
  });
});

describe('a decision over HTTP', () => {
  it('publishes nothing when its transaction fails, and keeps order and count under concurrency', async () => {
    const outbox = await open();
    const reporting = await TestBus.on(routing.kafka, 'reporting');
    routing.later(() => reporting.stop());
    await reporting.run({ name: 'warnings', handlers: [new CountWarnings()] });
    const lead = randomUUID();
    await routing.query('insert into counts (lead, times) values ($1, 0)', [lead]);
    const decide = (fail: boolean) =>
      outbox.transact(async (tx) => {
        const [row] = await tx.rows<{ times: number }>(
          'update counts set times = times + 1 where lead = $1 returning times',
          [lead],
        );
        if (fail) throw new Error('no');
        const data = { ...eventOf(HandoffWarned), handoffId: lead, leadId: lead };
        return { events: [outgoing(HandoffWarned, data, row!.times)], result: row!.times };
      });
    const answers = await Promise.allSettled(Array.from({ length: 60 }, (_, i) => decide(i % 3 === 2)));
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(40);
    // A version published out of order would be skipped by the reader, and this count would never be reached.
    await eventually(async () => expect(await reporting.total('warnings')).toBe(40));
  });
});
