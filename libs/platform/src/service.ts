import type { Handler } from '@baton/bus';
import type { TimerHandler } from '@baton/timers';
import type { Provider, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { MigrationInterface } from 'typeorm';
import type { ServiceConfig } from './config/service.config.js';

/** Everything that makes one service. Written once, in `<service>.module.ts`. */
export interface ServiceSpec<Config extends ServiceConfig = ServiceConfig> {
  /** Also the consumer group, the schema and the source of its events. */
  readonly name: string;
  readonly config: Type<Config>;
  /** Its own and those of the libs it uses, oldest first; the bus's and the timers' are added. */
  readonly migrations?: readonly Type<MigrationInterface>[];
  readonly entities?: readonly Type[];
  /** Read its topics as consumer group `name`. */
  readonly handlers?: readonly Type<Handler>[];
  readonly timers?: readonly Type<TimerHandler>[];
  /** Nest controllers. */
  readonly http?: readonly Type[];
  /** Stores and anything else to inject. */
  readonly stores?: readonly Provider[];
  /** Publishes at once, without a transaction: makes `Publisher` injectable. */
  readonly publishes?: boolean;
  /** Largest request body, bytes. */
  readonly bodyLimit?: number;
  /** Reaches Fastify before the routes are made: own body parsers, plugins. */
  readonly fastify?: (instance: FastifyInstance, app: NestFastifyApplication) => void | Promise<void>;
  /** Runs after the migrations and connections, before the first message, timer or request. */
  readonly onReady?: (app: NestFastifyApplication) => void | Promise<void>;
}

/** Declares a service; `run` starts it as a process, `start` within a test. */
export const service = <Config extends ServiceConfig>(spec: ServiceSpec<Config>): ServiceSpec<Config> =>
  Object.freeze(spec);
