import type { provisionTopics } from '@baton/bus';
import { ConfigError, kafkaSecurityFrom, type KafkaSecurity } from '@baton/platform/kafka';
import { StartFault } from '../process/start-fault.js';

export type BrokerOptions = Omit<Parameters<typeof provisionTopics>[0], 'log' | 'brokers'>;

type Variables = Readonly<Record<string, string | undefined>>;

const positive = (variables: Variables, name: string): number | undefined => {
  const text = variables[name];
  if (!text) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new StartFault(`${name} is ${text}.`, 'Set it to a whole number from 1.');
};

const security = (variables: Variables): KafkaSecurity => {
  try {
    return kafkaSecurityFrom(variables);
  } catch (fault) {
    if (fault instanceof ConfigError)
      throw new StartFault(fault.message, 'The settings are those of the services.');
    throw fault;
  }
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
