import { Database, Outbox, Publisher, ReaderAdmin } from '@baton/bus';
import { Timers } from '@baton/timers';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { Clock } from './clock.js';
import { ServiceConfig } from './config/service.config.js';
import { ProblemFilter } from './http/problem.filter.js';
import { validationPipe } from './http/validation.js';
import { AuthenticationGuard } from './identity/authentication.guard.js';
import { Logger } from './log/logger.js';
import { DeadLettersHttp } from './readers/dead-letters.http.js';
import { ReadersHttp } from './readers/readers.http.js';
import { RunningReaders } from './readers/running-readers.js';
import { handlersOf, type Service } from './service.js';
import { Shutdown } from './shutdown.js';

/** What a service's own classes may ask for in their constructors; parts that a service does not use are absent. */
export interface Providers {
  readonly config: ServiceConfig;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly shutdown: Shutdown;
  readonly database: Database | undefined;
  readonly outbox: Outbox | undefined;
  readonly publisher: Publisher | undefined;
  readonly timers: Timers | undefined;
  readonly readers: RunningReaders | undefined;
}

@Module({})
export class AppModule {
  static of(spec: Service, parts: Providers, filter: ProblemFilter): DynamicModule {
    const { timers = [], http = [], stores = [], readers = [] } = spec;
    const given: [unknown, unknown][] = [
      [spec.config, parts.config],
      [ServiceConfig, parts.config],
      [Logger, parts.logger],
      [Clock, parts.clock],
      [Shutdown, parts.shutdown],
      [Database, parts.database],
      [Outbox, parts.outbox],
      [Publisher, parts.publisher],
      [Timers, parts.timers],
      [RunningReaders, parts.readers],
      [ReaderAdmin, parts.readers && parts.database && new ReaderAdmin(parts.database)],
    ];
    return {
      module: AppModule,
      controllers: [...http, ...(readers.length > 0 ? [ReadersHttp, DeadLettersHttp] : [])],
      providers: [
        ...given.filter(([, part]) => part).map(([provide, useValue]) => ({ provide, useValue }) as Provider),
        ...stores,
        ...handlersOf(spec),
        ...timers,
        { provide: APP_FILTER, useValue: filter },
        { provide: ProblemFilter, useValue: filter },
        { provide: APP_PIPE, useFactory: validationPipe },
        { provide: APP_GUARD, useClass: AuthenticationGuard },
      ],
    };
  }
}
