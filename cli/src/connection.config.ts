import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError, kafkaSecurityFrom, type KafkaSecurity } from '@baton/platform/kafka';
import { CliError, UsageError } from './cli-error.js';

export interface ConnectionOptions {
  readonly url?: string;
  readonly token?: string;
}

export interface Connection {
  readonly url: string;
  readonly token: string;
}

/** What the command line needs of the file that the local stack writes. */
interface LocalStackFile {
  readonly gateway: string;
  readonly ingestion: string;
  readonly writeKey: string;
  readonly apiToken: string;
  readonly kafka: string;
}

/** `.baton/local.json` of a running local stack, in `from` or the nearest folder above it. */
const localJson = (from: string): LocalStackFile | undefined => {
  const path = join(from, '.baton/local.json');
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as LocalStackFile;
  return dirname(from) === from ? undefined : localJson(dirname(from));
};

/**
 * Gateway and token: options first, then BATON_URL and BATON_TOKEN, then `.baton/local.json` of the local stack.
 * @throws CliError when one of them is missing
 */
export const connectionFrom = (
  options: ConnectionOptions,
  env = process.env,
  cwd = process.cwd(),
): Connection => {
  const local = localJson(cwd);
  const url = options.url ?? env['BATON_URL'] ?? local?.gateway;
  // The token of the local stack is not sent to another address.
  const token = options.token ?? env['BATON_TOKEN'] ?? (url === local?.gateway ? local?.apiToken : undefined);
  if (!url) {
    throw new CliError(
      'No gateway address.',
      'Start the local stack (npm start), or pass --url and --token, or set BATON_URL and BATON_TOKEN.',
    );
  }
  if (!token)
    throw new CliError(`No API token for ${url}.`, 'Pass --token or set BATON_TOKEN to an admin token.');
  return { url: url.replace(/\/+$/, ''), token };
};

/**
 * Address of ingestion and a write key: options first, then BATON_INGESTION_URL and BATON_WRITE_KEY, then the local stack.
 * @throws UsageError when one of them is missing
 */
export const ingestionFrom = (
  options: { readonly url?: string; readonly writeKey?: string },
  env = process.env,
  cwd = process.cwd(),
): { url: string; writeKey: string } => {
  const local = localJson(cwd);
  const url = options.url ?? env['BATON_INGESTION_URL'] ?? local?.ingestion;
  if (!url)
    throw new UsageError(
      'No address of ingestion.',
      'Start the local stack (npm start), or pass --url, or set BATON_INGESTION_URL.',
    );
  // The key of the local stack is not sent to another address.
  const writeKey =
    options.writeKey ?? env['BATON_WRITE_KEY'] ?? (url === local?.ingestion ? local.writeKey : undefined);
  if (!writeKey)
    throw new UsageError(
      `No write key for ${url}.`,
      'Pass --write-key, or set BATON_WRITE_KEY to a key of the source.',
    );
  return { url: url.replace(/\/+$/, ''), writeKey };
};

export interface Brokers extends KafkaSecurity {
  readonly brokers: readonly string[];
}

const securityFrom = (env: NodeJS.ProcessEnv): KafkaSecurity => {
  try {
    return kafkaSecurityFrom(env);
  } catch (fault) {
    if (fault instanceof ConfigError) throw new CliError(fault.message);
    throw fault;
  }
};

/**
 * Brokers: KAFKA_BROKERS with the TLS and SASL settings of the services, else those of the local stack.
 * @throws CliError when there are none, or their settings are incomplete
 */
export const brokersFrom = (env = process.env, cwd = process.cwd()): Brokers => {
  const brokers = env['KAFKA_BROKERS'] ?? localJson(cwd)?.kafka;
  if (!brokers) {
    throw new CliError(
      'No Kafka brokers.',
      'Start the local stack (npm start) or set KAFKA_BROKERS to host:port, comma-separated.',
    );
  }
  return { brokers: brokers.split(',').map((broker) => broker.trim()), ...securityFrom(env) };
};
