import { Command, InvalidArgumentError } from 'commander';
import { resolve } from 'node:path';

export interface StartOptions {
  /** Data folder, absolute. */
  readonly home: string;
  /** Whether the traffic simulator runs. */
  readonly demo: boolean;
  /** First of the fixed ports. */
  readonly portBase?: number;
}

/** Offset of the last port from --port-base. */
export const LAST_PORT_OFFSET = 8;

const portBase = (text: string): number => {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1024 || port > 65_535 - LAST_PORT_OFFSET) {
    throw new InvalidArgumentError(`It must be a number from 1024 to ${65_535 - LAST_PORT_OFFSET}.`);
  }
  return port;
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
    .description('Starts a whole Baton on this machine: PostgreSQL, Apache Kafka, all services, and a demo.')
    .option('--no-demo', 'an empty system, without the traffic simulator')
    .option('--home <DIR>', 'keep data, logs and secrets in this folder', defaultHome)
    .option('--port-base <N>', 'use the ports from N on instead of any free ones', portBase)
    .allowExcessArguments(false)
    .configureOutput({ writeOut: write, writeErr: write })
    .exitOverride();
  const {
    home,
    demo,
    portBase: base,
  } = command.parse(args, { from: 'user' }).opts<{ home: string; demo: boolean; portBase?: number }>();
  return { home: resolve(home), demo, ...(base === undefined ? {} : { portBase: base }) };
};
