import type { EventContract } from '@baton/contracts';
import type { Transaction } from './database.js';
import type { Outgoing, Received } from './message.js';

/**
 * Reads events of one topic for its service. It gets the valid, new messages of one batch in log order, does all it
 * does in the transaction given, and returns the events that follow; it never publishes, and it may be run again
 * with the same or fewer messages after a rollback, so it has no effect outside the transaction.
 */
export interface Handler {
  /** The contracts it wants; all of one topic. Others on that topic pass it by. */
  readonly events: readonly EventContract[];
  handle(batch: readonly Received[], tx: Transaction): Promise<readonly Outgoing[]>;
}
