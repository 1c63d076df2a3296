import { provisionTopics } from '@baton/bus';
import { pino, type Logger } from 'pino';
import { perService, type PerService } from '../services.js';
import { provisionDatabase, serviceDatabaseUrl } from './provision-database.js';

export interface Provision {
  /** URL of the database `baton` as superuser or a role that may create roles and schemas. */
  adminUrl: string;
  /** host:port, one or more with commas between. */
  brokers: string;
  /** The services' database passwords. */
  passwords: PerService<string>;
  /** Partitions per topic; 8 when absent. */
  partitions?: number;
  log?: Logger;
}

const SILENT = pino({ level: 'fatal' });

/** Creates missing topics. */
export const provisionBroker = (brokers: string, partitions?: number, log: Logger = SILENT): Promise<void> =>
  provisionTopics({ brokers: brokers.split(','), log, ...(partitions === undefined ? {} : { partitions }) });

/** Creates roles, schemas and topics for the services. Idempotent. */
export const provision = async (options: Provision): Promise<PerService<string>> => {
  const { adminUrl, brokers, passwords, partitions, log } = options;
  await Promise.all([provisionDatabase(adminUrl, passwords), provisionBroker(brokers, partitions, log)]);
  return perService((service) => serviceDatabaseUrl(adminUrl, service, passwords[service]));
};
