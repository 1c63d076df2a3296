import { provisionTopics } from '@baton/bus';
import { pino, type Logger } from 'pino';
import { perService, type PerService } from '../services.js';
import type { BrokerOptions } from './broker-options.js';
import { provisionDatabase, serviceDatabaseUrl } from './provision-database.js';

export interface Provision {
  /** URL of the database `baton` as superuser or a role that may create roles and schemas. */
  adminUrl: string;
  /** host:port, one or more with commas between. */
  brokers: string;
  /** The services' database passwords. */
  passwords: PerService<string>;
  /** Of the role of BI tools, which cannot log in without. */
  biPassword?: string | undefined;
  /** Partitions, replication, TLS and SASL; the defaults of `provisionTopics` when absent. */
  topics?: BrokerOptions;
  log?: Logger;
}

const SILENT = pino({ level: 'fatal' });

/** Creates missing topics. */
export const provisionBroker = (
  brokers: string,
  topics: BrokerOptions = {},
  log: Logger = SILENT,
): Promise<void> => provisionTopics({ ...topics, brokers: brokers.split(','), log });

/** Creates roles, schemas and topics for the services. Idempotent. */
export const provision = async (options: Provision): Promise<PerService<string>> => {
  const { adminUrl, brokers, passwords, biPassword, topics, log } = options;
  await Promise.all([
    provisionDatabase(adminUrl, passwords, biPassword),
    provisionBroker(brokers, topics, log),
  ]);
  return perService((service) => serviceDatabaseUrl(adminUrl, service, passwords[service]));
};
