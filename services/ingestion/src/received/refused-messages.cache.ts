import { BrokerUnavailable, MicroBatcher } from '@baton/bus';
import { DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { MAX_REFUSED_PER_SOURCE, ReceivedStore, type RefusedMessage } from './received.store.js';

const LINGER_MS = 5;
const MAX_ITEMS = 2_000;
const MAX_BATCH_BYTES = 4 * 1024 * 1024;
const MAX_QUEUED_BYTES = 16 * 1024 * 1024;
const TIMEOUT_MS = 5_000;

/** Keeps refused messages of accepted requests; concurrent requests share one statement. */
@Injectable()
export class RefusedMessages {
  private readonly batcher: MicroBatcher<RefusedMessage>;

  constructor(store: ReceivedStore) {
    this.batcher = new MicroBatcher({
      send: async (messages) => {
        await store.keepRefused(newestPerSource(messages));
        return [];
      },
      sizeOf: ({ message }) => message.length + 500,
      refusal: () => new Error('a refused message is always kept'),
      lingerMs: LINGER_MS,
      maxItems: MAX_ITEMS,
      maxBytes: MAX_BATCH_BYTES,
      maxQueuedBytes: MAX_QUEUED_BYTES,
      ackTimeoutMs: TIMEOUT_MS,
      concurrency: 1,
    });
  }

  /** Resolves when they are durable. @throws DomainError `unavailable` */
  async keep(messages: readonly RefusedMessage[]): Promise<void> {
    try {
      await this.batcher.add([...messages]);
    } catch (fault) {
      throw fault instanceof BrokerUnavailable ? unavailable() : fault;
    }
  }
}

/** More than are kept at all would be deleted at once. */
const newestPerSource = (messages: readonly RefusedMessage[]): RefusedMessage[] => {
  const counts = new Map<string, number>();
  return messages.filter(({ sourceId }) => {
    const count = (counts.get(sourceId) ?? 0) + 1;
    counts.set(sourceId, count);
    return count <= MAX_REFUSED_PER_SOURCE;
  });
};

const unavailable = (): DomainError =>
  new DomainError(
    'unavailable',
    'Messages of this request are faulty and cannot be kept at the moment; its other messages were accepted. Send it again.',
    { retryAfter: 1 },
  );
