import kafkajs, { type Message, type Producer } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import { bytesOf, type WireMessage } from '../event/wire-message.js';
import { FAIL_FAST, type BusClient } from '../kafka/bus-client.js';
import { createPartitioner, partitionOf } from '../kafkajs/partitioner.js';
import { published } from '../metrics.js';
import { MAX_PARTITION_BYTES, MessageTooLarge } from '../kafka/limits.js';
import { splitByBytes } from './split-by-bytes.js';

/** Age at which topic metadata is fetched again, ms: bounds how long messages go by an old number of partitions. */
const MAX_METADATA_AGE_MS = 5_000;
/** Tries of one produce request, the first included. */
const MAX_TRIES = 4;
const RETRY_DELAY_MS = 100;

type MinPartitions = ReadonlyMap<string, number>;

export interface SendOptions {
  /** By topic, how many partitions keys are spread over at least, whatever the cached metadata says. */
  readonly minPartitions?: MinPartitions;
  /** Bytes of all messages, where they are known: what fits one partition needs no splitting. */
  readonly bytes?: number;
}

/** Sends messages with `acks=all`, in the order given, and fails within seconds when the broker is away. */
export class Sender {
  private readonly producer: Producer;
  private readonly counts = new Map<string, number>();

  constructor(private readonly client: BusClient) {
    this.producer = client.connect(FAIL_FAST).producer({
      allowAutoTopicCreation: false,
      metadataMaxAge: MAX_METADATA_AGE_MS,
      createPartitioner: createPartitioner((topic, count) => {
        this.counts.set(client.logical(topic), count);
      }),
      // kafkajs' own retry takes a broker that has answered once for done, also when a partition has moved to it since: its
      // messages are never sent, and reported as sent. So each try is a call of its own.
      retry: { ...FAIL_FAST, retries: 0 },
    });
  }

  connect(): Promise<void> {
    return this.producer.connect();
  }

  disconnect(): Promise<void> {
    return this.producer.disconnect();
  }

  /** How many partitions each topic had at the last request to it. */
  get partitions(): ReadonlyMap<string, number> {
    return this.counts;
  }

  /**
   * Resolves when every replica in sync has the messages; after a fault some may have been written, and may be again.
   *
   * @returns the messages that the broker refuses for their size even when sent alone; all others were written.
   * @throws what kafkajs throws when the broker is away or refuses for another reason.
   */
  async send(
    messages: readonly WireMessage[],
    { minPartitions, bytes = Infinity }: SendOptions = {},
  ): Promise<readonly WireMessage[]> {
    if (bytes <= MAX_PARTITION_BYTES) return this.sendOrHalve(messages, minPartitions);
    const refused: WireMessage[] = [];
    const partition = ({ topic, key }: WireMessage): string => {
      const count = this.countOf(topic, minPartitions);
      return count === undefined || key === null ? topic : `${topic}/${partitionOf(key, count)}`;
    };
    for (const request of splitByBytes(messages, { partitionOf: partition }))
      refused.push(...(await this.sendOrHalve(request, minPartitions)));
    return refused;
  }

  private async sendOrHalve(
    messages: readonly WireMessage[],
    minPartitions: MinPartitions | undefined,
  ): Promise<readonly WireMessage[]> {
    try {
      await this.sendAcknowledged(messages, minPartitions);
      published.add(messages.length);
      return [];
    } catch (fault) {
      if (!isTooLarge(fault)) throw fault;
      if (messages.length === 1) return messages;
      const middle = messages.length >> 1;
      const first = await this.sendOrHalve(messages.slice(0, middle), minPartitions);
      return [...first, ...(await this.sendOrHalve(messages.slice(middle), minPartitions))];
    }
  }

  private async sendAcknowledged(
    messages: readonly WireMessage[],
    minPartitions: MinPartitions | undefined,
  ): Promise<void> {
    const topics = this.byTopic(messages, minPartitions);
    for (let tries = 1; ; tries += 1) {
      try {
        const acknowledged = await this.producer.sendBatch({
          topicMessages: [...topics].map(([topic, list]) => ({ topic, messages: list })),
          acks: -1,
          compression: kafkajs.CompressionTypes.Snappy,
          timeout: 5_000,
        });
        requireAll(topics, acknowledged);
        return;
      } catch (fault) {
        if (tries === MAX_TRIES || isTooLarge(fault) || !isRetriable(fault)) throw fault;
        await pause(RETRY_DELAY_MS * tries);
      }
    }
  }

  private byTopic(
    messages: readonly WireMessage[],
    minPartitions: MinPartitions | undefined,
  ): Map<string, Message[]> {
    const topics = new Map<string, Message[]>();
    for (const { topic, key, value, headers } of messages) {
      const required = minPartitions?.get(topic);
      const message: Message =
        required === undefined || key === null
          ? { key, value, headers }
          : { key, value, headers, partition: partitionOf(key, this.countOf(topic, minPartitions)!) };
      const name = this.client.physical(topic);
      const list = topics.get(name);
      if (list) list.push(message);
      else topics.set(name, [message]);
    }
    return topics;
  }

  private countOf(topic: string, minPartitions: MinPartitions | undefined): number | undefined {
    const known = this.counts.get(topic);
    const required = minPartitions?.get(topic);
    return known === undefined || required === undefined ? (required ?? known) : Math.max(known, required);
  }
}

/**
 * kafkajs leaves out partitions that its metadata does not hold and reports success, so its answer is compared with the
 * partitions that were addressed.
 * @throws NotAcknowledged
 */
const requireAll = (
  topics: ReadonlyMap<string, readonly Message[]>,
  acknowledged: readonly { readonly topicName: string; readonly partition: number }[],
): void => {
  for (const [topic, messages] of topics) {
    const missing = new Set(messages.map(({ partition }) => partition));
    for (const { topicName, partition } of acknowledged) if (topicName === topic) missing.delete(partition);
    if (missing.size > 0) throw new NotAcknowledged(`${topic}/${[...missing].join(',')}`);
  }
};

/** A partition that was addressed is missing in the answer: nothing is known of its messages. */
class NotAcknowledged extends Error {
  override readonly name = 'NotAcknowledged';
  readonly retriable = true;
  constructor(partition: string) {
    super(`the broker did not acknowledge ${partition}`);
  }
}

interface KafkaFault {
  readonly type?: unknown;
  readonly retriable?: unknown;
  readonly name?: unknown;
  readonly cause?: unknown;
}

/** The fault and what it wraps: kafkajs puts the broker's answer into `cause`. */
const chainOf = (fault: unknown): KafkaFault[] => {
  const chain: KafkaFault[] = [];
  for (let each = fault as KafkaFault | undefined; each && chain.length < 5; each = each.cause as KafkaFault)
    chain.push(each);
  return chain;
};

const TOO_LARGE = new Set<unknown>(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE']);
const isTooLarge = (fault: unknown): boolean => chainOf(fault).some(({ type }) => TOO_LARGE.has(type));

const isRetriable = (fault: unknown): boolean =>
  chainOf(fault).some(
    ({ name, retriable }) => name === 'KafkaJSNumberOfRetriesExceeded' || retriable === true,
  );

/** @throws MessageTooLarge for a message that no request can hold. */
export const requirePublishable = (message: WireMessage, maxBytes: number, index = 0): void => {
  // A character has at most three bytes per UTF-16 unit: most messages are known to fit without counting.
  if (message.value.length * 3 + 4_096 <= maxBytes) return;
  const bytes = bytesOf(message);
  if (bytes > maxBytes) throw new MessageTooLarge(bytes, index);
};
