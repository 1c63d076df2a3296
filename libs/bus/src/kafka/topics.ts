import { READERS } from '@baton/contracts';
import type { Admin } from 'kafkajs';
import type { Logger } from 'pino';
import { setTimeout as pause } from 'node:timers/promises';
import { BusClient, RETRY_FOREVER, type BrokerSecurity } from './bus-client.js';
import { MAX_BATCH_BYTES } from './limits.js';

const LEADER_POLL_MS = 100;
const MAX_LEADER_POLLS = 300;
/** Each partition costs every reader a row and the cluster a log; more help no reader. */
const MAX_PARTITIONS = 512;
/** Few messages, none of them with personal data; what was erased must stay known when a topic is read again. */
const KEPT_FOREVER = ['definitions', 'erasures'];
const DAY_MS = 24 * 60 * 60 * 1_000;

export interface Provisioning extends BrokerSecurity {
  readonly brokers: readonly string[];
  readonly log: Logger;
  readonly topicPrefix?: string;
  /** Default 8. */
  readonly partitions?: number;
  /** Copies of each partition, on as many brokers. Default 1, which loses data with the broker's disk; 3 on a cluster. */
  readonly replicationFactor?: number;
  /**
   * `min.insync.replicas`: how many copies must be written before a message is acknowledged. Default 1; 2 where the
   * replication factor is 3, so that an acknowledged message survives the loss of a broker.
   */
  readonly minInSyncReplicas?: number;
  /** How long topics keep their messages, ms. Default 30 days. */
  readonly retentionMs?: number;
}

/**
 * Creates the topics of the catalogue where they are missing. The compression is pinned: the broker converts what a foreign
 * producer sends in a codec that this client cannot read.
 *
 * @throws Error when `minInSyncReplicas` is larger than `replicationFactor`
 */
export const provisionTopics = async (options: Provisioning): Promise<void> => {
  const { partitions = 8, replicationFactor = 1, retentionMs = 30 * DAY_MS } = options;
  const { minInSyncReplicas = replicationFactor > 2 ? 2 : 1 } = options;
  if (minInSyncReplicas > replicationFactor)
    throw new Error(
      `min.insync.replicas ${minInSyncReplicas} is more than the replication factor ${replicationFactor}: nothing could be written`,
    );
  await withAdmin(options, async (client, admin) => {
    const existing = new Set(await admin.listTopics());
    const wanted = Object.keys(READERS)
      .map((name) => {
        const isForever = KEPT_FOREVER.includes(name);
        return {
          topic: client.physical(name),
          numPartitions: isForever ? 1 : partitions,
          replicationFactor,
          configEntries: [
            { name: 'compression.type', value: 'snappy' },
            { name: 'retention.ms', value: String(isForever ? -1 : retentionMs) },
            { name: 'min.insync.replicas', value: String(minInSyncReplicas) },
            { name: 'max.message.bytes', value: String(MAX_BATCH_BYTES) },
          ],
        };
      })
      .filter(({ topic }) => !existing.has(topic));
    if (wanted.length === 0) return;
    await admin.createTopics({ topics: wanted, waitForLeaders: false });
    await untilLed(
      admin,
      wanted.map(({ topic }) => topic),
    );
  });
};

/**
 * Gives a topic more partitions while it is read and written. Readers keep the order of every subject (see
 * `reader/growth-barrier.ts`); that needs a multiple of today's number, so that no key moves between today's partitions.
 *
 * @returns how many partitions there were.
 * @throws Error for a topic of another system, more than 512 partitions, or a number that is no multiple of today's
 */
export const growTopic = (
  options: Pick<Provisioning, 'brokers' | 'log' | 'topicPrefix' | 'ssl' | 'sasl'>,
  { topic, count }: { readonly topic: string; readonly count: number },
): Promise<number> =>
  withAdmin(options, async (client, admin) => {
    const name = client.physical(topic);
    if (!Object.hasOwn(READERS, topic))
      throw new Error(`${topic} is no topic of Baton: ${Object.keys(READERS).join(', ')}`);
    if (count > MAX_PARTITIONS)
      throw new Error(`a topic can have at most ${MAX_PARTITIONS} partitions, not ${count}`);
    const { topics } = await admin.fetchTopicMetadata({ topics: [name] });
    const before = topics[0]!.partitions.length;
    if (count === before) return before;
    if (!Number.isInteger(count) || count < before || count % before !== 0)
      throw new Error(
        `${topic} has ${before} partitions and can have ${before * 2}, ${before * 3} … next, not ${count}: another number would move keys between the partitions of today`,
      );
    await admin.createPartitions({ topicPartitions: [{ topic: name, count }] });
    await untilLed(admin, [name]);
    return before;
  });

const withAdmin = async <Result>(
  options: Pick<Provisioning, 'brokers' | 'log' | 'topicPrefix' | 'ssl' | 'sasl'>,
  work: (client: BusClient, admin: Admin) => Promise<Result>,
): Promise<Result> => {
  const client = new BusClient({ name: 'provision', ...options });
  const admin = client.connect({ ...RETRY_FOREVER, retries: 30 }).admin();
  await admin.connect();
  try {
    return await work(client, admin);
  } finally {
    await admin.disconnect();
  }
};

/**
 * Waits until every partition has a leader that knows it. kafkajs' own `waitForLeaders` fails while the broker does not know
 * of the topics, which a busy KRaft controller tells it with a delay.
 */
const untilLed = async (admin: Admin, topics: string[]): Promise<void> => {
  for (let polls = 1; ; polls += 1) {
    try {
      const metadata = await admin.fetchTopicMetadata({ topics });
      if (metadata.topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))) {
        // A leader in the metadata may not know it yet: only its own answer counts.
        for (const topic of topics) await admin.fetchTopicOffsets(topic);
        return;
      }
    } catch (fault) {
      if (polls >= MAX_LEADER_POLLS) throw fault;
    }
    await pause(LEADER_POLL_MS);
  }
};
