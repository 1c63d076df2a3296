import { BusClient } from '@baton/bus';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { alive } from '../process/orphan-process.js';
import { startKafka, type RunningKafka } from './kafka.js';

const TOPIC = 'replicated';
const MAX_TRIES = 100;

/** A broker that was not told of a new topic yet answers that it does not exist. */
const untilKnown = async <Result>(ask: () => Promise<Result>, tries = 1): Promise<Result> => {
  try {
    return await ask();
  } catch (fault) {
    if (tries === MAX_TRIES) throw fault;
    await pause(100);
    return untilKnown(ask, tries + 1);
  }
};

describe('a cluster of three brokers', () => {
  let home: string;
  let kafka: RunningKafka;
  let client: ReturnType<BusClient['connect']>;

  const send = async (value: string): Promise<void> => {
    const producer = client.producer();
    await producer.connect();
    await producer.send({ topic: TOPIC, acks: -1, messages: [{ value }] });
    await producer.disconnect();
  };

  const endOffset = async (): Promise<string | undefined> => {
    const admin = client.admin();
    await admin.connect();
    const [partition] = await admin.fetchTopicOffsets(TOPIC);
    await admin.disconnect();
    return partition?.high;
  };

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'baton-cluster-'));
    kafka = await startKafka({ dir: home, brokers: 3 });
    const options = { name: 'spec', brokers: kafka.brokers.split(','), log: pino({ level: 'silent' }) };
    client = new BusClient(options).connect({ initialRetryTime: 50, retries: 20 });
  }, 180_000);

  afterAll(async () => {
    await kafka.stop();
    expect(kafka.pids.filter(alive)).toEqual([]);
    rmSync(home, { recursive: true, force: true });
  }, 60_000);

  it('replicates topics and offsets to three brokers, two of them in sync', async () => {
    const admin = client.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: TOPIC }], waitForLeaders: false });
    const { topics } = await untilKnown(() =>
      admin.fetchTopicMetadata({ topics: [TOPIC, '__consumer_offsets'] }),
    );
    expect(topics.map(({ partitions }) => partitions[0]?.replicas.length)).toEqual([3, 3]);
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: 2, name: TOPIC, configNames: ['min.insync.replicas'] }],
    });
    expect(resources[0]?.configEntries[0]?.configValue).toBe('2');
    await admin.disconnect();
    await send('one');
  }, 60_000);

  it('accepts messages while a broker is killed, and after its restart', async () => {
    await kafka.kill(1);
    await send('two');
    await kafka.restart(1);
    expect(kafka.pids.every(alive)).toBe(true);
    await send('three');
    expect(await endOffset()).toBe('3');
  }, 120_000);
});
