import { readKafkaSecurity, type Environment } from './config/load-config.js';
import { kafkaSecurityOf, type KafkaSecurity } from './kafka/kafka-security.js';

export type { KafkaSecurity } from './kafka/kafka-security.js';
export { ConfigError } from './config/load-config.js';

/**
 * TLS and SASL from KAFKA_TLS…, KAFKA_SASL_… and KAFKA_OAUTH_…, as the services read them. An entry of its own for programs that
 * connect to Kafka without being a service: it does not load Nest.
 *
 * @throws ConfigError with all faults
 */
export const kafkaSecurityFrom = (environment: Environment): KafkaSecurity =>
  kafkaSecurityOf(readKafkaSecurity(environment));
