import { deadLetterTopics, READERS } from '@baton/contracts';
import type { Logger } from 'pino';
import { BusClient, PATIENT } from './kafka.js';

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
  const admin = client.connect({ ...PATIENT, retries: 30 }).admin();
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
    if (wanted.length > 0) await admin.createTopics({ topics: wanted, waitForLeaders: true });
  } finally {
    await admin.disconnect();
  }
};
