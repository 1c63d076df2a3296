import { provisionTopics } from '@baton/bus';
import { pino, type Logger } from 'pino';
import { perService, type PerService } from '../services.js';
import { provisionDatabase, serviceDatabaseUrl } from './provision-database.js';

export interface Provision {
  /** Superuser (or the like) of the database `baton`. */
  adminUrl: string;
  /** host:port, one or more with commas between. */
  brokers: string;
  /** The services' database passwords. */
  passwords: PerService<string>;
  /** Per topic; 8 when absent. */
  partitions?: number;
  log?: Logger;
}

const quiet = pino({ level: 'fatal' });

/** Creates the topics that are missing. */
export const provisionBroker = (brokers: string, partitions?: number, log: Logger = quiet): Promise<void> =>
  provisionTopics({ brokers: brokers.split(','), log, ...(partitions === undefined ? {} : { partitions }) });

/** Prepares database and broker for the services: roles, schemas, topics. Safe to repeat; keeps what is there. */
export const provision = async (options: Provision): Promise<PerService<string>> => {
  const { adminUrl, brokers, passwords, partitions, log } = options;
  await Promise.all([provisionDatabase(adminUrl, passwords), provisionBroker(brokers, partitions, log)]);
  return perService((service) => serviceDatabaseUrl(adminUrl, service, passwords[service]));
};
