import { CliError } from './cli-error.js';
import { confirm } from './confirm.js';
import type { GatewayClient } from './gateway.client.js';
import { findReader } from './readers.js';
import type { Terminal } from './terminal.js';

export interface RewindOptions {
  readonly to: string;
  readonly topic?: string;
  readonly yes?: boolean;
}

/** Sets the positions of a reader to the start of its topics, so that its handlers process them again. */
export const rewindReader = async (
  gateway: GatewayClient,
  terminal: Terminal,
  name: string,
  { to, topic, yes }: RewindOptions,
): Promise<void> => {
  if (to !== 'start') throw new CliError(`Cannot rewind to "${to}".`, 'The only target is --to start.');
  const { positions } = await findReader(gateway, name);
  const topics = [...new Set(positions.map((position) => position.topic))];
  if (topic !== undefined && !topics.includes(topic))
    throw new CliError(`${name} does not read ${topic}.`, `It reads ${topics.join(', ')}.`);
  await confirm(terminal, `Rewind ${name} to the start of ${topic ?? topics.join(', ')}?`, yes);
  await gateway.rewind(name, topic);
  terminal.write(
    `${name} reads ${topic ?? topics.join(', ')} from the start. Follow it with: baton readers --watch`,
  );
};
