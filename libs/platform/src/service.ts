import { busMigrations, type Handler, type Reader } from '@baton/bus';
import { timerMigrations, type TimerHandler } from '@baton/timers';
import type { Provider, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { MigrationInterface } from 'typeorm';
import type { ServiceConfig } from './config/service.config.js';

/** A reader, with its handlers as classes to inject. See {@link Reader}. */
export interface ReaderSpec extends Omit<Reader, 'handlers'> {
  readonly handlers: readonly Type<Handler>[];
}

/** Everything that makes one service. Written once, in `<service>.module.ts`. */
export interface ServiceSpec<Config extends ServiceConfig = ServiceConfig> {
  /** Also the consumer group, the schema and the source of its events. */
  readonly name: string;
  readonly config: Type<Config>;
  /** Its own and those of the libs it uses; the bus's and the timers' are added. They run in the order of the timestamps in their names. */
  readonly migrations?: readonly Type<MigrationInterface>[];
  readonly entities?: readonly Type[];
  /** Sets of handlers, each reading its topics with progress of its own. */
  readonly readers?: readonly ReaderSpec[];
  readonly timers?: readonly Type<TimerHandler>[];
  /** Nest controllers. */
  readonly http?: readonly Type[];
  /** Stores and anything else to inject. */
  readonly stores?: readonly Provider[];
  /** Publishes events beside those that follow from what its readers and timers do. */
  readonly publishes?: boolean;
  /** Largest request body, bytes; default 256 KB. */
  readonly bodyLimit?: number;
  /** Largest headers of a request, bytes; default 16 KB. */
  readonly headerLimit?: number;
  /** Headers on every answer, over the strict ones that an API has; the gateway serves pages and needs a policy of its own. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Reaches Fastify before the routes are made: own body parsers, plugins. Routes added here do not pass the
   * authentication guard.
   */
  readonly fastify?: (instance: FastifyInstance, app: NestFastifyApplication) => void | Promise<void>;
  /** Runs when everything is connected, before the first message, timer or request. */
  readonly onReady?: (app: NestFastifyApplication) => void | Promise<void>;
}

/** A declared service; `migrations` are all it needs, those of the bus and the timers among them. */
export type Service<Config extends ServiceConfig = ServiceConfig> = ServiceSpec<Config> &
  Required<Pick<ServiceSpec<Config>, 'migrations'>>;

/** Declares a service; `run` starts it as a process, `start` within a test. */
export const service = <Config extends ServiceConfig>(spec: ServiceSpec<Config>): Service<Config> => {
  const { timers = [], http = [], stores = [], migrations = [] } = spec;
  [...handlersOf(spec), ...timers, ...http, ...stores].forEach(requireDecorator);
  return Object.freeze({
    ...spec,
    migrations: [
      ...(usesBus(spec) ? busMigrations : []),
      ...(timers.length > 0 ? timerMigrations : []),
      ...migrations,
    ],
  });
};

/** Whether the service has anything to do with the broker. */
export const usesBus = ({ readers = [], timers = [], publishes = false }: ServiceSpec): boolean =>
  publishes || readers.length > 0 || timers.length > 0;

/** The handlers of all readers, each once. */
export const handlersOf = ({ readers = [] }: ServiceSpec): Type<Handler>[] => [
  ...new Set(readers.flatMap(({ handlers }) => handlers)),
];

/** Without a decorator the compiler emits no types, and Nest would pass nothing to the constructor, silently. */
const requireDecorator = (provider: Provider): void => {
  if (typeof provider !== 'function' || provider.length === 0) return;
  if (!Reflect.hasMetadata('design:paramtypes', provider))
    throw new Error(`${provider.name} takes constructor arguments and needs @Injectable()`);
};
