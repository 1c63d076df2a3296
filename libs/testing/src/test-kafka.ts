import { randomUUID } from 'node:crypto';
import { addressOf } from './test-servers.js';

export interface TestKafka {
  readonly brokers: readonly string[];
  /** Prefix of every topic and group of one spec file, so that files share nothing but the broker. */
  readonly topicPrefix: string;
}

/** This run's Kafka with a new prefix. `provisionTopics` creates the topics. */
export const testKafka = async (): Promise<TestKafka> => ({
  brokers: [await addressOf('kafka')],
  topicPrefix: `t${randomUUID().slice(0, 8)}.`,
});
