export type { KafkaCredentials } from './kafka/kafka-certificate.js';
export { startKafka, type KafkaOptions, type RunningKafka } from './kafka/kafka.js';
export { startPostgres, type PostgresOptions, type RunningPostgres } from './postgres/postgres.js';
export { StartFault } from './process/start-fault.js';
export { provision, type Provision } from './provision/provision.js';
export { provisionDatabase, serviceDatabaseUrl } from './provision/provision-database.js';
export { secretsIn, type Secrets } from './secrets/secrets.js';
export { perService, serviceNames, type PerService, type ServiceName } from './services.js';
