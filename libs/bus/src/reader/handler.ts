import type { EventContract } from '@baton/contracts';
import type { Transaction } from '../database/database.js';
import type { DeadLetter } from './dead-letter.js';
import type { Outgoing, Received } from '../event/message.js';

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

/** Reads the dead letters of every reader. Same rules as a {@link Handler}; what fails here is logged and passed. */
export interface DeadLetterHandler {
  readonly deadLetters: true;
  handle(batch: readonly DeadLetter[], tx: Transaction): Promise<readonly Outgoing[]>;
}

export const isDeadLetterHandler = (handler: Handler | DeadLetterHandler): handler is DeadLetterHandler =>
  'deadLetters' in handler;
