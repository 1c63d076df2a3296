export { startKafka, type KafkaOptions, type RunningKafka } from './kafka/kafka.js';
export { startPostgres, type PostgresOptions, type RunningPostgres } from './postgres/postgres.js';
export { StartFault } from './process/start-fault.js';
