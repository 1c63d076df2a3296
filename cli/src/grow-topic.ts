import { growTopic } from '@baton/bus';
import { pino } from 'pino';
import { CliError } from './cli-error.js';
import type { Brokers } from './connection.config.js';
import { confirm } from './confirm.js';
import type { Terminal } from './terminal.js';

export interface GrowOptions {
  readonly brokers: Brokers;
  readonly yes?: boolean;
}

/**
 * Adds partitions to a topic while it is in use; readers keep the order of every subject.
 * @throws CliError when the count is not a multiple of the current one, or the brokers did not respond
 */
export const growTopicTo = async (
  terminal: Terminal,
  topic: string,
  partitions: string,
  { brokers, yes }: GrowOptions,
): Promise<void> => {
  const count = Number(partitions);
  if (!Number.isInteger(count) || count < 1)
    throw new CliError(`"${partitions}" is not a number of partitions.`);
  await confirm(terminal, `Give ${topic} ${count} partitions? Partitions cannot be removed.`, yes);
  const log = pino({ level: 'silent' });
  const before = await growTopic({ ...brokers, log }, { topic, count }).catch((fault: unknown) => {
    throw new CliError(fault instanceof Error ? fault.message : String(fault));
  });
  terminal.write(
    before === count
      ? `${topic} has ${count} partitions already.`
      : `${topic}: ${before} → ${count} partitions.`,
  );
};
