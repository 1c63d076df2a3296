import { randomUUID } from 'node:crypto';
import { addressOf } from './test-servers.js';

export interface TestKafka {
  readonly brokers: readonly string[];
  /** Goes before every topic and group of one spec file, so that files share the broker and nothing else. */
  readonly topicPrefix: string;
}

/** This run's Kafka. It has no topics yet under the new prefix: `provisionTopics` makes them. */
export const testKafka = async (): Promise<TestKafka> => ({
  brokers: [await addressOf('kafka')],
  topicPrefix: `t${randomUUID().slice(0, 8)}.`,
});
