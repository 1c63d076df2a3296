import type { EventContract } from '@baton/contracts';
import type { Transaction } from '../database/database.js';
import type { Outgoing, Received } from '../event/message.js';

/**
 * Handles events of one topic. It gets the valid, new messages of one batch in log order, does all its work in the transaction
 * given, and returns the events that follow; it never publishes, and it may run again with the same or fewer messages after a
 * rollback, so it has no effect outside the transaction.
 *
 * @throws InputFault for a message that can never be handled; see `faults.ts` for what other faults mean.
 */
export interface Handler {
  /** The contracts it wants; all of one topic. Other events of that topic are ignored. */
  readonly events: readonly EventContract[];
  handle(batch: readonly Received[], tx: Transaction): Promise<readonly Outgoing[]>;
}
