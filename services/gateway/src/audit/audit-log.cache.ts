import { RowBatcher } from '@baton/bus';
import { Logger } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { AuditStore, type AuditEntry } from './audit.store.js';

const MAX_ROWS = 500;
const ENTRY_BYTES = 1_000;
const MAX_QUEUED_BYTES = 4 * 1024 * 1024;

/** Writes entries; concurrent requests share one statement. */
@Injectable()
export class AuditLog {
  private readonly batcher: RowBatcher<AuditEntry>;

  constructor(
    store: AuditStore,
    private readonly logger: Logger,
  ) {
    this.batcher = new RowBatcher({
      write: (entries) => store.add(entries),
      bytesOf: () => ENTRY_BYTES,
      maxRows: MAX_ROWS,
      maxBytes: MAX_ROWS * ENTRY_BYTES,
      maxQueuedBytes: MAX_QUEUED_BYTES,
      unavailable: () => new Error('too many entries wait for the database'),
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
