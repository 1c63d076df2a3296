import type { provisionTopics } from '@baton/bus';
import { readFileSync } from 'node:fs';
import { StartFault } from '../process/start-fault.js';

export type BrokerOptions = Omit<Parameters<typeof provisionTopics>[0], 'log' | 'brokers'>;

type Variables = Readonly<Record<string, string | undefined>>;

const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

const positive = (variables: Variables, name: string): number | undefined => {
  const text = variables[name];
  if (!text) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new StartFault(`${name} is ${text}.`, 'Set it to a whole number from 1.');
};

const required = (variables: Variables, name: string): string => {
  const value = variables[name];
  if (value) return value;
  throw new StartFault(`${name} is not set.`, 'It is needed with KAFKA_SASL_MECHANISM.');
};

const security = (variables: Variables): Pick<BrokerOptions, 'ssl' | 'sasl'> => {
  const caFile = variables['KAFKA_TLS_CA_FILE'];
  const ssl = caFile ? { ca: readFileSync(caFile, 'utf8') } : variables['KAFKA_TLS'] === 'true';
  const name = variables['KAFKA_SASL_MECHANISM'];
  if (!name) return { ssl };
  const mechanism = MECHANISMS.find((known) => known === name);
  if (!mechanism)
    throw new StartFault(
      `KAFKA_SASL_MECHANISM is ${name}.`,
      `Provisioning supports ${MECHANISMS.join(', ')}; with another mechanism create the topics beforehand.`,
    );
  const [username, password] = ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'].map((variable) =>
    required(variables, variable),
  ) as [string, string];
  return { ssl, sasl: { mechanism, username, password } };
};

/**
 * Options of topic provisioning from KAFKA_TLS, KAFKA_TLS_CA_FILE, KAFKA_SASL_…, KAFKA_PARTITIONS,
 * KAFKA_REPLICATION_FACTOR and KAFKA_MIN_INSYNC_REPLICAS.
 * @throws StartFault for an invalid value
 */
export const brokerOptions = (variables: Variables): BrokerOptions => {
  const partitions = positive(variables, 'KAFKA_PARTITIONS');
  const replicationFactor = positive(variables, 'KAFKA_REPLICATION_FACTOR');
  const minInSyncReplicas = positive(variables, 'KAFKA_MIN_INSYNC_REPLICAS');
  return {
    ...security(variables),
    ...(partitions === undefined ? {} : { partitions }),
    ...(replicationFactor === undefined ? {} : { replicationFactor }),
    ...(minInSyncReplicas === undefined ? {} : { minInSyncReplicas }),
  };
};
