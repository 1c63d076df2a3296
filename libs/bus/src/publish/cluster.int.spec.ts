import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ActivityRecorded } from '@baton/contracts';
import { startKafka, type RunningKafka } from '@baton/local';
import { eventOf, eventually } from '@baton/testing';
import { log } from '../bus.example.js';
import { BusClient, RETRY_FOREVER } from '../kafka/bus-client.js';
import { provisionTopics } from '../kafka/topics.js';
import { BrokerUnavailable } from './micro-batcher.js';
import { Publisher } from './publisher.js';

/** Kills of a broker, one after the other. */
const KILLS = 6;
const KEYS = 40;

let home: string;
let kafka: RunningKafka;
let brokers: string[];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'baton-cluster-'));
  kafka = await startKafka({ dir: home, brokers: 3 });
  brokers = kafka.brokers.split(',');
  await provisionTopics({ brokers, log, partitions: 6, replicationFactor: 3 });
}, 180_000);
afterAll(async () => {
  await kafka?.stop();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

const client = (name: string): BusClient => new BusClient({ name, brokers, log });

/** Publishes 1, 2, 3 … of one key; each after the acknowledgement of the one before, as often as that takes. */
const publishUntil = async (
  publisher: Publisher,
  personKey: string,
  isOver: () => boolean,
): Promise<number> => {
  let acknowledged = 0;
  while (!isOver()) {
    const data = {
      ...eventOf(ActivityRecorded, {}, 'activityId'),
      personKey,
      properties: { n: acknowledged + 1 },
    };
    try {
      await publisher.publish([{ contract: ActivityRecorded, data }]);
      acknowledged += 1;
    } catch (fault) {
      if (!(fault instanceof BrokerUnavailable)) throw fault;
      await pause(50);
    }
  }
  return acknowledged;
};

/** By key the numbers in the order of the log. A consumer may get a record twice; its offset counts once. */
const stored = async (): Promise<Map<string, number[]>> => {
  const admin = client('other').connect(RETRY_FOREVER).admin();
  await admin.connect();
  // The last broker that was killed may still be electing leaders.
  const ends = await eventually(() => admin.fetchTopicOffsets('activity'), { within: 60_000 });
  await admin.disconnect();
  const total = ends.reduce((sum, { high }) => sum + Number(high), 0);
  const records = new Map<string, { partition: number; offset: number; key: string; n: number }>();
  const consumer = client('other').connect(RETRY_FOREVER).consumer({ groupId: randomUUID() });
  await consumer.connect();
  await consumer.subscribe({ topic: 'activity', fromBeginning: true });
  await consumer.run({
    eachMessage: ({ partition, message }) => {
      const { personKey, properties } = JSON.parse(message.value!.toString()) as {
        personKey: string;
        properties: { n: number };
      };
      const offset = Number(message.offset);
      records.set(`${partition}/${offset}`, { partition, offset, key: personKey, n: properties.n });
      return Promise.resolve();
    },
  });
  await eventually(() => expect(records.size).toBe(total), { within: 60_000 });
  await consumer.disconnect();
  const numbers = new Map<string, number[]>();
  const inOrder = [...records.values()].sort((a, b) => a.partition - b.partition || a.offset - b.offset);
  for (const { key, n } of inOrder) numbers.set(key, [...(numbers.get(key) ?? []), n]);
  return numbers;
};

describe('three brokers, replication factor 3, two in-sync replicas', () => {
  it('store what was acknowledged, in the order of each key, while one after the other is killed', async () => {
    const publishers = [new Publisher(client('ingestion')), new Publisher(client('ingestion'))];
    await Promise.all(publishers.map((publisher) => publisher.start()));
    let isOver = false;
    const keys = Array.from({ length: KEYS }, () => randomUUID());
    const running = keys.map((key, i) => publishUntil(publishers[i % 2]!, key, () => isOver));
    for (let kill = 0; kill < KILLS; kill += 1) {
      await pause(2_000);
      await kafka.kill(kill % 3);
      await pause(2_000);
      await kafka.restart(kill % 3);
    }
    isOver = true;
    const acknowledged = await Promise.all(running);
    await Promise.all(publishers.map((publisher) => publisher.stop()));

    const numbers = await stored();
    const total = acknowledged.reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(KEYS * KILLS);
    for (const [i, key] of keys.entries()) {
      // A number may be stored twice, when its acknowledgement was lost; the first time counts.
      const first = [...new Set(numbers.get(key))];
      expect(first.slice(0, acknowledged[i])).toEqual(
        Array.from({ length: acknowledged[i]! }, (_, n) => n + 1),
      );
    }
  }, 240_000);
});
