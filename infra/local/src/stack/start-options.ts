import { Command, InvalidArgumentError } from 'commander';
import { resolve } from 'node:path';

export interface Options {
  /** Data folder, absolute. */
  readonly home: string;
  /** Whether the traffic simulator runs. */
  readonly demo: boolean;
  /** First of the fixed ports. */
  readonly portBase?: number;
}

/** The last port asked for with --port-base is this much higher. */
export const portSpan = 8;

const portBase = (text: string): number => {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1024 || port > 65_535 - portSpan) {
    throw new InvalidArgumentError(`It must be a number from 1024 to ${65_535 - portSpan}.`);
  }
  return port;
};

/**
 * What `npm start` was asked for.
 * @param args without the program's name
 * @throws CommanderError for --help and for what it does not know, after writing what to do
 */
export const optionsIn = (
  args: readonly string[],
  defaultHome: string,
  write = (text: string): void => void process.stderr.write(text),
): Options => {
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
