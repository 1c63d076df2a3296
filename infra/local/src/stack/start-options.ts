import { Command, InvalidArgumentError } from 'commander';
import { resolve } from 'node:path';

export interface StartOptions {
  /** Data folder, absolute. */
  readonly home: string;
  /** Whether the traffic simulator runs. */
  readonly demo: boolean;
  /** First of the fixed ports. */
  readonly portBase?: number;
  /** Number of Kafka brokers. */
  readonly brokers: 1 | 3;
}

/** Offset of the last port from --port-base. */
export const LAST_PORT_OFFSET = 16;

const portBase = (text: string): number => {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1024 || port > 65_535 - LAST_PORT_OFFSET) {
    throw new InvalidArgumentError(`It must be a number from 1024 to ${65_535 - LAST_PORT_OFFSET}.`);
  }
  return port;
};

const brokerCount = (text: string): 1 | 3 => {
  if (text !== '1' && text !== '3') throw new InvalidArgumentError('It must be 1 or 3.');
  return text === '3' ? 3 : 1;
};

/**
 * Options of `npm start`.
 * @param args without the program's name
 * @throws CommanderError for --help and for unknown arguments, after writing the usage
 */
export const startOptionsOf = (
  args: readonly string[],
  defaultHome: string,
  write = (text: string): void => void process.stderr.write(text),
): StartOptions => {
  const command = new Command('npm start --')
    .description(
      'Starts the whole of Baton on this machine: PostgreSQL, Apache Kafka, all services, and a demo.',
    )
    .option('--no-demo', 'an empty system, without the traffic simulator')
    .option('--home <DIR>', 'keep data, logs and secrets in this folder', defaultHome)
    .option('--port-base <N>', 'use the ports from N on instead of any free ones', portBase)
    .option('--brokers <N>', 'Kafka brokers: 1, or 3 with replication factor 3', brokerCount, 1)
    .allowExcessArguments(false)
    .configureOutput({ writeOut: write, writeErr: write })
    .exitOverride();
  const {
    home,
    demo,
    portBase: base,
    brokers,
  } = command
    .parse(args, { from: 'user' })
    .opts<{ home: string; demo: boolean; portBase?: number; brokers: 1 | 3 }>();
  return { home: resolve(home), demo, brokers, ...(base === undefined ? {} : { portBase: base }) };
};
