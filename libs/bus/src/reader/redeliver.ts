import type { Logger } from 'pino';
import { classifyRecord } from '../event/classify-record.js';
import type { Transaction } from '../database/database.js';
import type { WireMessage } from '../event/wire-message.js';
import type { Outbox } from '../outbox/outbox.js';
import { redelivered } from './dead-letter.js';
import { lockRequested, settleLetter, type RequestedLetter } from './dead-letter.store.js';
import { faultKindOf, reasonOf } from './faults.js';
import { hashOf } from './fingerprint.js';
import type { Pipeline } from './pipeline.js';
import { lockingPositions } from './positions.js';
import { wantedBy, type Reader } from './reader.js';
import { sortSeen } from './sequences.js';

export interface RedeliverOptions {
  readonly key: string;
  readonly reader: Reader;
  readonly outbox: Outbox;
  readonly pipeline: Pipeline;
  readonly log: Logger;
}

/** Letters handled in one call. */
const MAX_LETTERS = 100;

/**
 * Hands dead letters that were put back to the handlers, each in a transaction that also ends the letter: its effect happens
 * once, however often it is put back. Of one subject the older version comes first. A letter that fails again waits again.
 */
export const redeliverRequested = async (options: RedeliverOptions): Promise<void> => {
  for (let count = 0; count < MAX_LETTERS; count += 1) {
    let current: RequestedLetter | undefined;
    try {
      const found = await options.outbox.commit(async (tx) => {
        [current] = await lockRequested(tx, options.key, 1);
        if (!current) return { messages: [], result: false };
        return { messages: await handleLetter(tx, current, options), result: true };
      });
      if (!found) return;
    } catch (fault) {
      // A conflict or a database that is away: the letter is still requested and tried again with the next call.
      if (!current || ['away', 'conflict'].includes(faultKindOf(fault))) throw fault;
      options.log.error({ err: fault, letter: current.id }, 'a dead letter that was put back failed again');
      await returnToWaiting(current.id, fault, options);
    }
  }
};

const handleLetter = async (
  tx: Transaction,
  { id, letter }: RequestedLetter,
  { key, reader, pipeline }: RedeliverOptions,
): Promise<WireMessage[]> => {
  const record = classifyRecord(letter.message, letter.position, wantedBy(reader));
  if (record.kind !== 'event') {
    const reason = record.kind === 'dead' ? record.reason : `the reader does not handle it (${record.kind})`;
    await settleLetter(tx, id, 'waiting', reason);
    return [];
  }
  // As a batch of its partition does, so that no two transactions handle one subject at once.
  await tx.rows(lockingPositions(key, [letter.position]));
  // Remembers the version where it is the newest; an older one is handled all the same: it never was.
  await sortSeen(tx, key, [{ event: record.event, hash: hashOf(letter.message.value) }]);
  const messages = await pipeline.redeliver(tx, redelivered(record.event));
  await settleLetter(tx, id, 'done', letter.reason);
  return messages;
};

const returnToWaiting = (id: string, fault: unknown, { outbox }: RedeliverOptions): Promise<void> =>
  outbox.commit(async (tx) => {
    await settleLetter(tx, id, 'waiting', reasonOf(fault));
    return { messages: [], result: undefined };
  });
