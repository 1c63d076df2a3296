import { Kafka, logLevel, type RetryOptions } from 'kafkajs';
import type { Logger } from 'pino';
import { patchRequestQueuePolling } from '../kafkajs/request-queue-polling.js';
import { patchEncoderAllocations } from '../kafkajs/encoder-allocations.js';
import { registerSnappy } from '../kafkajs/snappy.js';

export interface BusOptions {
  /** The service's name: its consumer group and the `ce_source` of what it publishes. */
  readonly name: string;
  readonly brokers: readonly string[];
  readonly log: Logger;
  /** Put before every topic and group, so that tests can share one broker. Empty in production. */
  readonly topicPrefix?: string;
}

/** Waits for a broker that is away instead of giving up. */
export const RETRY_FOREVER: RetryOptions = {
  initialRetryTime: 100,
  maxRetryTime: 1_000,
  retries: Number.MAX_SAFE_INTEGER,
};
/** Says soon that a broker is away. */
export const FAIL_FAST: RetryOptions = { initialRetryTime: 50, maxRetryTime: 200, retries: 2 };

/** One service's way to the broker. */
export class BusClient {
  readonly name: string;
  readonly log: Logger;
  readonly prefix: string;

  constructor(private readonly options: BusOptions) {
    registerSnappy();
    patchEncoderAllocations();
    patchRequestQueuePolling();
    this.name = options.name;
    this.log = options.log;
    this.prefix = options.topicPrefix ?? '';
  }

  /** The topic's name on the broker. */
  physical(topic: string): string {
    return this.prefix + topic;
  }

  /** The topic's name in the catalogue. */
  logical(topic: string): string {
    return topic.slice(this.prefix.length);
  }

  connect(retry: RetryOptions): Kafka {
    return new Kafka({
      clientId: this.name,
      brokers: [...this.options.brokers],
      retry,
      connectionTimeout: 1_000,
      requestTimeout: 10_000,
      logLevel: logLevel.WARN,
      logCreator: () => this.write,
    });
  }

  /** kafkajs reports each retry as an error; nobody has to act on one, so it is a warning here. */
  private readonly write = ({ namespace, log }: { namespace: string; log: { message: string } }): void => {
    const { message, ...rest } = log as { message: string; error?: unknown; retryCount?: unknown };
    this.log.warn({ kafka: namespace, error: rest.error, retry: rest.retryCount }, message);
  };
}
