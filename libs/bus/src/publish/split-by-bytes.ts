import { bytesOf, type WireMessage } from '../event/wire-message.js';
import { MAX_PARTITION_BYTES, MAX_REQUEST_BYTES } from '../kafka/limits.js';

export interface SplitOptions {
  /** Names the partition a message goes to; the topic alone while the number of partitions is unknown. */
  readonly partitionOf: (message: WireMessage) => string;
  readonly maxPartitionBytes?: number;
  readonly maxRequestBytes?: number;
}

/**
 * Cuts messages into produce requests that the broker takes, in order: no partition and no request holds more than its limit
 * of bytes. A message that is larger than a limit is alone in its request.
 */
export const splitByBytes = (
  messages: readonly WireMessage[],
  { partitionOf, maxPartitionBytes = MAX_PARTITION_BYTES, maxRequestBytes = MAX_REQUEST_BYTES }: SplitOptions,
): (readonly WireMessage[])[] => {
  const requests: (readonly WireMessage[])[] = [];
  let partitions = new Map<string, number>();
  let total = 0;
  let start = 0;
  for (const [index, message] of messages.entries()) {
    const bytes = bytesOf(message);
    const partition = partitionOf(message);
    const filled = partitions.get(partition) ?? 0;
    const isFull = filled + bytes > maxPartitionBytes || total + bytes > maxRequestBytes;
    if (isFull && index > start) {
      requests.push(messages.slice(start, index));
      start = index;
      partitions = new Map([[partition, bytes]]);
      total = bytes;
    } else {
      partitions.set(partition, filled + bytes);
      total += bytes;
    }
  }
  if (start === 0) return messages.length === 0 ? [] : [messages];
  requests.push(messages.slice(start));
  return requests;
};
