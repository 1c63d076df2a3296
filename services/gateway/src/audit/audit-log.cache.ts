import { MicroBatcher } from '@baton/bus';
import { Logger } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { AuditStore, type AuditEntry } from './audit.store.js';

const LINGER_MS = 2;
const MAX_ITEMS = 500;
const ENTRY_BYTES = 1_000;
const MAX_QUEUED_BYTES = 4 * 1024 * 1024;
const TIMEOUT_MS = 5_000;

/** Writes entries; concurrent requests share one statement. */
@Injectable()
export class AuditLog {
  private readonly batcher: MicroBatcher<AuditEntry>;

  constructor(
    store: AuditStore,
    private readonly logger: Logger,
  ) {
    this.batcher = new MicroBatcher({
      send: async (entries) => {
        await store.add(entries);
        return [];
      },
      sizeOf: () => ENTRY_BYTES,
      refusal: () => new Error('an entry is always taken'),
      lingerMs: LINGER_MS,
      maxItems: MAX_ITEMS,
      maxBytes: MAX_ITEMS * ENTRY_BYTES,
      maxQueuedBytes: MAX_QUEUED_BYTES,
      ackTimeoutMs: TIMEOUT_MS,
      concurrency: 1,
    });
  }

  /**
   * Resolves when the entry is durable. What was done is done: without the database the entry is in the log of the service, with an
   * error that a person has to look at, and the response is sent.
   */
  async record(entry: AuditEntry): Promise<void> {
    try {
      await this.batcher.add([entry]);
    } catch (err) {
      const { actorId, action, objectId, status, traceId } = entry;
      this.logger.error(
        { err, actorId, action, objectId, status, traceId },
        'an audit entry could not be stored',
      );
    }
  }
}
