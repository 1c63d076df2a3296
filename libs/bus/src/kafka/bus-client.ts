import type { ConnectionOptions } from 'node:tls';
import { Kafka, logLevel, type RetryOptions, type SASLOptions } from 'kafkajs';
import type { Logger } from 'pino';
import { patchEncoderAllocations } from '../kafkajs/encoder-allocations.js';
import { patchRequestQueuePolling } from '../kafkajs/request-queue-polling.js';
import { registerSnappy } from '../kafkajs/snappy.js';

/** How brokers are reached, and how the client authenticates. */
export interface BrokerSecurity {
  /** TLS to the brokers; `true` trusts the certificate authorities of the system. Default: plain text. */
  readonly ssl?: ConnectionOptions | boolean;
  /** PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER, as kafkajs takes them. */
  readonly sasl?: SASLOptions;
}

export interface BusOptions extends BrokerSecurity {
  /** The service's name: the first part of its consumer groups and the `ce_source` of its events. */
  readonly name: string;
  readonly brokers: readonly string[];
  readonly log: Logger;
  /** Prepended to every topic and group, so that tests can share one broker. Empty in production. */
  readonly topicPrefix?: string;
}

/** Waits for a broker that is away instead of failing. */
export const RETRY_FOREVER: RetryOptions = {
  initialRetryTime: 100,
  maxRetryTime: 1_000,
  retries: Number.MAX_SAFE_INTEGER,
};
/** Reports within about a second that a broker is away. */
export const FAIL_FAST: RetryOptions = { initialRetryTime: 50, maxRetryTime: 200, retries: 2 };

/** A service's connection settings for the broker. */
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
    const { brokers, ssl, sasl } = this.options;
    return new Kafka({
      clientId: this.name,
      brokers: [...brokers],
      ...(ssl === undefined ? {} : { ssl }),
      ...(sasl === undefined ? {} : { sasl }),
      retry,
      connectionTimeout: 1_000,
      authenticationTimeout: 5_000,
      requestTimeout: 10_000,
      logLevel: logLevel.WARN,
      logCreator: () => this.write,
    });
  }

  /** kafkajs logs each retry as an error; no person has to act on one, so it is a warning here. */
  private readonly write = ({ namespace, log }: { namespace: string; log: { message: string } }): void => {
    const { message, ...rest } = log as { message: string; error?: unknown; retryCount?: unknown };
    this.log.warn({ kafka: namespace, error: rest.error, retry: rest.retryCount }, message);
  };
}
