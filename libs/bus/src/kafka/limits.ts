/** `max.message.bytes` of every topic: the largest record batch a broker takes. Replicas and consumers must fetch as much. */
export const MAX_BATCH_BYTES = 2 * 1024 * 1024;

/**
 * Max uncompressed bytes of one partition in one produce request. Snappy can grow incompressible data by a sixth, so a batch
 * of this size always stays below {@link MAX_BATCH_BYTES}.
 */
export const MAX_PARTITION_BYTES = 1024 * 1024;

/** Max uncompressed bytes of one produce request over all partitions. */
export const MAX_REQUEST_BYTES = 4 * 1024 * 1024;

/** Max bytes of one message, headers included. A larger one can never be published. */
export const MAX_MESSAGE_BYTES = 1024 * 1024;

/** A message the broker can never take: a retry does not help. */
export class MessageTooLarge extends Error {
  override readonly name = 'MessageTooLarge';
  constructor(
    readonly bytes: number,
    /** Position among the messages of one call. */
    readonly index = 0,
  ) {
    super(`a message of ${bytes} bytes is larger than the broker takes`);
  }
}
