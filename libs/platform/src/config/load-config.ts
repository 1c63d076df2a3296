import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import type { ServiceSpec } from '../service.js';
import { usesBus } from '../service.js';
import type { ServiceConfig } from './service.config.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration is invalid; the message lists every fault and its correction, never a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    service: string,
    readonly faults: readonly string[],
  ) {
    const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
    super(`The configuration of ${service} has ${count}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
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
  const values: Record<string, string> = { databaseSchema: spec.name.replaceAll('-', '_') };
  for (const property of propertiesOf(spec.config)) {
    const value = environment[environmentName(property)]?.trim();
    // Compose files pass unset variables as empty ones.
    if (value) values[property] = value;
  }
  const config = plainToInstance(spec.config, values);
  const faults = validateSync(config).map((error) => toFault(error, error.property in values));
  if (usesBus(spec) && config.kafkaBrokers.length === 0)
    faults.push('KAFKA_BROKERS is not set: it must list at least one broker, such as localhost:9092');
  if (faults.length > 0) throw new ConfigError(spec.name, faults);
  return config;
};

/** `databasePoolSize` → `DATABASE_POOL_SIZE` */
const environmentName = (property: string): string => property.replace(/[A-Z]/g, '_$&').toUpperCase();

const propertiesOf = (target: new () => ServiceConfig): Set<string> =>
  new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(target, '', true, false)
      .map((rule) => rule.propertyName),
  );

const toFault = ({ property, constraints = {} }: ValidationError, isSet: boolean): string => {
  const rules = Object.values(constraints).map((rule) => rule.replace(`${property} `, ''));
  return `${environmentName(property)} ${isSet ? '' : 'is not set: it '}${rules.join('; ')}`;
};
