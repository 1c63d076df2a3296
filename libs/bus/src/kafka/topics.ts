import { deadLetterTopics, READERS } from '@baton/contracts';
import type { Logger } from 'pino';
import type { Admin } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import { BusClient, RETRY_FOREVER } from './bus-client.js';

const LED_EVERY_MS = 100;
const LED_TRIES = 300;
const DAY_MS = 24 * 60 * 60 * 1_000;

export interface Provisioning {
  readonly brokers: readonly string[];
  readonly log: Logger;
  readonly topicPrefix?: string;
  /** Default 8. */
  readonly partitions?: number;
  /** Default 1; a real cluster has 3. */
  readonly replicationFactor?: number;
  /** How long topics keep their messages, default 30 days. */
  readonly retentionMs?: number;
}

/**
 * Creates the topics of the catalogue and the dead letters of their readers where they are missing. The compression is
 * pinned: the broker converts what a foreign producer sends in a codec that this client cannot read.
 */
export const provisionTopics = async (options: Provisioning): Promise<void> => {
  const { partitions = 8, replicationFactor = 1, retentionMs = 30 * DAY_MS } = options;
  const client = new BusClient({ name: 'provision', ...options });
  const admin = client.connect({ ...RETRY_FOREVER, retries: 30 }).admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const topic = (name: string, numPartitions: number, keepMs: number) => ({
      topic: client.physical(name),
      numPartitions,
      replicationFactor,
      configEntries: [
        { name: 'compression.type', value: 'snappy' },
        { name: 'retention.ms', value: String(keepMs) },
      ],
    });
    const wanted = [
      ...Object.keys(READERS).map((name) =>
        topic(name, name === 'definitions' ? 1 : partitions, name === 'definitions' ? -1 : retentionMs),
      ),
      ...deadLetterTopics().map(({ name }) => topic(name, 1, -1)),
    ].filter((one) => !existing.has(one.topic));
    if (wanted.length === 0) return;
    await admin.createTopics({ topics: wanted, waitForLeaders: false });
    await untilLed(
      admin,
      wanted.map((one) => one.topic),
    );
  } finally {
    await admin.disconnect();
  }
};

/**
 * Waits until the broker knows its new topics. kafkajs' own `waitForLeaders` fails when the broker has not heard of them
 * yet, which a busy controller in KRaft mode takes some time to tell it.
 */
const untilLed = async (admin: Admin, topics: string[]): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    try {
      const metadata = await admin.fetchTopicMetadata({ topics });
      if (metadata.topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))) {
        // A leader that is named may not know it yet: only its answer counts.
        for (const topic of topics) await admin.fetchTopicOffsets(topic);
        return;
      }
    } catch (fault) {
      if (tries >= LED_TRIES) throw fault;
    }
    await pause(LED_EVERY_MS);
  }
};
