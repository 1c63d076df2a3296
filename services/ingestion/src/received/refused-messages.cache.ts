import { RowBatcher } from '@baton/bus';
import { DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { MAX_REFUSED_PER_SOURCE, ReceivedStore, type RefusedMessage } from './received.store.js';

const MAX_ROWS = 2_000;
const MAX_BATCH_BYTES = 4 * 1024 * 1024;
const MAX_QUEUED_BYTES = 16 * 1024 * 1024;

/** Keeps refused messages of accepted requests; concurrent requests share one statement. */
@Injectable()
export class RefusedMessages {
  private readonly batcher: RowBatcher<RefusedMessage>;

  constructor(store: ReceivedStore) {
    this.batcher = new RowBatcher({
      write: (messages) => store.keepRefused(newestPerSource(messages)),
      bytesOf: ({ message }) => message.length + 500,
      maxRows: MAX_ROWS,
      maxBytes: MAX_BATCH_BYTES,
      maxQueuedBytes: MAX_QUEUED_BYTES,
      unavailable,
    });
  }

  /** Resolves when they are durable. @throws DomainError `unavailable` */
  async keep(messages: readonly RefusedMessage[]): Promise<void> {
    await this.batcher.add(messages);
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
