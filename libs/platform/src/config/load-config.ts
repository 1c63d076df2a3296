import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import { kafkaSecurityFaults } from '../kafka/kafka-security.js';
import type { ServiceSpec } from '../service.js';
import { usesBus } from '../service.js';
import { KafkaSecurityConfig } from '../kafka/kafka-security.config.js';
import type { ServiceConfig } from './service.config.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration is invalid; the message lists every fault and its correction, never a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    subject: string,
    readonly faults: readonly string[],
  ) {
    const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
    super(`The configuration of ${subject} has ${count}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/**
 * Reads and validates the whole configuration of a service.
 *
 * @throws ConfigError with all faults
 */
export const loadConfig = <Config extends ServiceConfig>(
  spec: ServiceSpec<Config>,
  environment: Environment,
): Config => {
  const defaults = { databaseSchema: spec.name.replaceAll('-', '_') };
  const { config, faults } = read(spec.config, environment, defaults);
  if (usesBus(spec) && config.kafkaBrokers.length === 0)
    faults.push('KAFKA_BROKERS is not set: it must list at least one broker, such as localhost:9092');
  if (faults.length > 0) throw new ConfigError(spec.name, faults);
  return config;
};

/**
 * Reads only the security settings of the connection to Kafka, for programs that are not a service.
 *
 * @throws ConfigError with all faults
 */
export const readKafkaSecurity = (environment: Environment): KafkaSecurityConfig => {
  const { config, faults } = read(KafkaSecurityConfig, environment);
  if (faults.length > 0) throw new ConfigError('the connection to Kafka', faults);
  return config;
};

const read = <Config extends KafkaSecurityConfig>(
  type: new () => Config,
  environment: Environment,
  defaults: Readonly<Record<string, string>> = {},
): { config: Config; faults: string[] } => {
  const values: Record<string, string> = { ...defaults };
  for (const property of propertiesOf(type)) {
    const value = environment[environmentName(property)]?.trim();
    // Compose files pass unset variables as empty ones.
    if (value) values[property] = value;
  }
  const config = plainToInstance(type, values);
  const faults = validateSync(config).map((error) => toFault(error, error.property in values));
  return { config, faults: [...faults, ...kafkaSecurityFaults(config)] };
};

/** `databasePoolSize` → `DATABASE_POOL_SIZE` */
const environmentName = (property: string): string => property.replace(/[A-Z]/g, '_$&').toUpperCase();

const propertiesOf = (target: new () => object): Set<string> =>
  new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(target, '', true, false)
      .map((rule) => rule.propertyName),
  );

const toFault = ({ property, constraints = {} }: ValidationError, isSet: boolean): string => {
  const rules = Object.values(constraints).map((rule) => rule.replace(`${property} `, ''));
  return `${environmentName(property)} ${isSet ? '' : 'is not set: it '}${rules.join('; ')}`;
};
