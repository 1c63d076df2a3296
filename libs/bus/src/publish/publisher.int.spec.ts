import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ActivityRecorded } from '@baton/contracts';
import { eventOf, eventually } from '@baton/testing';
import { TestBus } from '../bus.example.js';
import { MessageTooLarge } from '../kafka/limits.js';
import { Publisher } from './publisher.js';

let bus: TestBus;
let publisher: Publisher;

beforeEach(async () => {
  bus = await TestBus.of('routing');
  publisher = new Publisher(bus.client('ingestion'), { ackTimeoutMs: 20_000 });
  await publisher.start();
  bus.later(() => publisher.stop());
});
afterEach(() => bus.stop());

const activity = (personKey: string) => ({
  contract: ActivityRecorded,
  data: { ...eventOf(ActivityRecorded, {}, 'activityId'), personKey },
});

const published = (): Promise<number> =>
  bus.withAdmin(async (admin, physical) => {
    const ends = await admin.fetchTopicOffsets(physical('activity'));
    return ends.reduce((sum, { high }) => sum + Number(high), 0);
  });

describe('publishing', () => {
  it('takes 13,000 events of one person in one call, and nobody else is refused meanwhile', async () => {
    const one = activity(randomUUID());
    const many = Array.from({ length: 13_000 }, () => ({
      ...one,
      data: { ...one.data, activityId: randomUUID() },
    }));
    const others = Array.from({ length: 20 }, () => publisher.publish([activity(randomUUID())]));
    await Promise.all([publisher.publish(many), ...others]);
    expect(publisher.ready).toBe(true);
    await eventually(async () => expect(await published()).toBe(13_020));
  }, 60_000);

  it('refuses what no broker takes before it is sent, and only its caller', async () => {
    const small = new Publisher(bus.client('ingestion'), { maxMessageBytes: 5_000 });
    await small.start();
    bus.later(() => small.stop());
    const large = activity(randomUUID());
    const tooLarge = { ...large, data: { ...large.data, properties: { text: '中'.repeat(3_000) } } };
    await expect(small.publish([tooLarge])).rejects.toBeInstanceOf(MessageTooLarge);
    await small.publish([activity(randomUUID())]);
    expect(small.ready).toBe(true);
  });

  it('halves what the broker refuses for its size, and refuses only the caller of the message that is too large alone', async () => {
    await bus.withAdmin((admin, physical) =>
      admin.alterConfigs({
        validateOnly: false,
        resources: [
          {
            type: 2,
            name: physical('activity'),
            configEntries: [
              { name: 'max.message.bytes', value: '4000' },
              { name: 'compression.type', value: 'uncompressed' },
            ],
          },
        ],
      }),
    );
    const person = randomUUID();
    const large = activity(person);
    const noise = Buffer.from(Array.from({ length: 9_000 }, () => Math.random() * 256)).toString('base64');
    const tooLarge = { ...large, data: { ...large.data, properties: { noise } } };
    const answers = await Promise.allSettled([
      ...Array.from({ length: 40 }, () => publisher.publish([activity(person)])),
      publisher.publish([tooLarge]),
    ]);
    expect(answers.filter(({ status }) => status === 'rejected')).toEqual([
      { status: 'rejected', reason: expect.any(MessageTooLarge) },
    ]);
    expect(await published()).toBe(40);
    expect(publisher.ready).toBe(true);
  }, 60_000);
});
