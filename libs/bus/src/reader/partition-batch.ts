import type { KafkaMessage } from 'kafkajs';
import type { RecordPosition } from '../event/message.js';

/** Names a partition in maps and log lines. */
export const partitionName = ({ topic, partition }: Pick<RecordPosition, 'topic' | 'partition'>): string =>
  `${topic}/${partition}`;

/** Some messages of one partition, in order, as they came from the broker; at least one. */
export interface PartitionBatch {
  /** The topic's name in the catalogue. */
  readonly topic: string;
  readonly partition: number;
  /** The offset that was asked for: at or below the first message's. */
  readonly from: bigint;
  readonly messages: readonly KafkaMessage[];
  /** The log no longer holds anything below `from`. */
  readonly startOfLog?: boolean;
}

/** The offset after the last message. */
export const endOf = ({ messages }: PartitionBatch): bigint => BigInt(messages.at(-1)!.offset) + 1n;

export const positionIn = (batch: PartitionBatch, message: KafkaMessage): RecordPosition => ({
  topic: batch.topic,
  partition: batch.partition,
  offset: BigInt(message.offset),
});

/** A record position as log fields. */
export const printable = ({ topic, partition, offset }: RecordPosition) => ({
  topic,
  partition,
  offset: offset.toString(),
});

/** What one transaction may hold. */
export interface BatchLimits {
  readonly messages: number;
  /** Of the values; one message alone may have more. */
  readonly bytes: number;
}

/** Bytes of the values of messages. */
export const bytesOfValues = (messages: readonly Pick<KafkaMessage, 'value'>[]): number =>
  messages.reduce((bytes, { value }) => bytes + (value?.length ?? 0), 0);

/** The messages from `index` on that one transaction may hold; at least one. */
export const messagesWithin = <Message extends Pick<KafkaMessage, 'value'>>(
  messages: readonly Message[],
  index: number,
  limits: BatchLimits,
): Message[] => {
  const most = Math.min(messages.length, index + limits.messages);
  let bytes = 0;
  let end = index;
  do {
    bytes += messages[end]!.value?.length ?? 0;
    end += 1;
  } while (end < most && bytes + (messages[end]!.value?.length ?? 0) <= limits.bytes);
  return messages.slice(index, end);
};
