import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';

import { IsIdentityPublicKeys } from '../identity/identity-key.config.js';
import { KafkaSecurityConfig } from '../kafka/kafka-security.config.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** A comma-separated list. */
export const List = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.split(',').flatMap((part) => part.trim() || []) : value,
  );

/**
 * Settings of every service, read from the environment: `DATABASE_URL` becomes `databaseUrl`. A service extends the class
 * with its own settings. Initial values are the defaults; secrets have none.
 */
export class ServiceConfig extends KafkaSecurityConfig {
  @Matches(/^postgres(ql)?:\/\//, {
    message: 'must be a PostgreSQL URL, such as postgresql://scoring:…@localhost:5432/baton',
  })
  databaseUrl!: string;

  /** Schema of the service; default is the service's name. */
  @Matches(/^[a-z_][a-z0-9_]*$/, { message: 'must be a plain lower-case name' })
  databaseSchema!: string;

  @Type(() => Number)
  @IsInt()
  @Min(2)
  @Max(100)
  databasePoolSize = 10;

  /** Connections for queries that answer HTTP requests, beside those of `databasePoolSize`. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  databaseReadPoolSize = 5;

  /** Milliseconds after which a connection with an unanswered query is closed; 0 disables the limit. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  databaseQueryTimeoutMs = 30_000;

  /** Milliseconds after which the server cancels a query that answers an HTTP request. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  databaseReadTimeoutMs = 10_000;

  /** Required for every service that reads or publishes events. */
  @List()
  @Matches(/^[^\s:]+:\d+$/, {
    each: true,
    message: 'must be host:port, separated by commas, such as localhost:9092',
  })
  kafkaBrokers: string[] = [];

  /** Milliseconds a request waits for the broker to acknowledge its events; then it is answered with 503. */
  @Type(() => Number)
  @IsInt()
  @Min(100)
  publishTimeoutMs = 1_500;

  /** Prefix of every topic and consumer group; tests that share a broker set it. */
  @IsString()
  topicPrefix = '';

  /** Milliseconds in which a request has to be received, with its body; then it is answered with 408. */
  @Type(() => Number)
  @IsInt()
  @Min(100)
  @Max(600_000)
  requestTimeoutMs = 30_000;

  @IsString()
  host = '127.0.0.1';

  /** Number of own reverse proxies in front; the client's address and scheme are then taken from X-Forwarded-For and -Proto. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(10)
  trustedProxies = 0;

  /** 0 selects a free port. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65535)
  port = 0;

  /** Host of health, metrics and OpenAPI; default is `host`. */
  @IsOptional()
  @IsString()
  managementHost?: string;

  /** Port of health, metrics and OpenAPI; 0 selects a free port. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65535)
  managementPort = 0;

  /** Keys of which the gateway signs identities with one. Several while a key is being replaced. */
  @List()
  @IsIdentityPublicKeys()
  identityPublicKeys!: string[];

  @IsIn(LOG_LEVELS)
  logLevel: (typeof LOG_LEVELS)[number] = 'info';

  /** Milliseconds a stop may take before the process exits. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  shutdownGraceMs = 10_000;

  /** Max messages in one batch of a consumer. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(10_000)
  batchSize = 500;
}
