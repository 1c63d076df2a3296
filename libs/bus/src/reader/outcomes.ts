import type { Logger } from 'pino';
import { deadLettered, messages, sequenceConflicts } from '../metrics.js';
import type { DeadLetter } from './dead-letter.js';
import type { Decoded } from './decode-batches.js';
import type { Sorted } from './sequences.js';

interface Applied {
  readonly topic: string;
  readonly decoded: Decoded;
  readonly sorted: Sorted;
  readonly dead: readonly DeadLetter[];
}

/** Counts what became of the messages of a batch; all are of one topic. */
export const countOutcomes = (
  { key: reader, log }: { readonly key: string; readonly log: Logger },
  { topic, decoded, sorted, dead }: Applied,
): void => {
  const count = (outcome: string, times: number): void => {
    if (times > 0) messages.add(times, { reader, topic, outcome });
  };
  count('handled', sorted.fresh.length);
  count('duplicate', sorted.duplicates);
  for (const [outcome, times] of decoded.passed) count(outcome, times);
  count('dead', dead.length);
  if (dead.length > 0) deadLettered.add(dead.length, { reader, topic });
  if (sorted.conflicts.length === 0) return;
  sequenceConflicts.add(sorted.conflicts.length, { reader });
  const [{ event }] = sorted.conflicts as [Sorted['conflicts'][number]];
  log.error(
    { reader, topic, count: sorted.conflicts.length, subject: event.subject, sequence: event.sequence },
    `versions of ${event.source} were seen before with another content: its database was set back; see docs/operations.md`,
  );
};
