import { Database, Outbox, Publisher, ReaderAdmin } from '@baton/bus';
import { Timers } from '@baton/timers';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { Clock } from './clock.js';
import { ServiceConfig } from './config/service.config.js';
import { ReadDatabase } from './database/read-database.js';
import { ApiDocument } from './http/api-document.js';
import { ProblemFilter } from './http/problem.filter.js';
import { validationPipe } from './http/validation.js';
import { AuthenticationGuard } from './identity/authentication.guard.js';
import { IdentityVerifier } from './identity/identity-verifier.js';
import { Logger } from './log/logger.js';
import { DeadLettersHttp } from './readers/dead-letters.http.js';
import { ReadersHttp } from './readers/readers.http.js';
import { RunningReaders } from './readers/running-readers.js';
import { handlersOf, type Service } from './service.js';
import { Shutdown } from './shutdown.js';

/** What a service's own classes may ask for in their constructors; providers that a service does not use are absent. */
export interface Providers {
  readonly config: ServiceConfig;
  readonly identities: IdentityVerifier;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly shutdown: Shutdown;
  readonly database: Database | undefined;
  readonly readDatabase: ReadDatabase | undefined;
  readonly document: ApiDocument | undefined;
  readonly outbox: Outbox | undefined;
  readonly publisher: Publisher | undefined;
  readonly timers: Timers | undefined;
  readonly readers: RunningReaders | undefined;
}

@Module({})
export class AppModule {
  static of(spec: Service, providers: Providers, filter: ProblemFilter): DynamicModule {
    const { timers = [], http = [], stores = [], readers = [] } = spec;
    const values: [unknown, unknown][] = [
      [spec.config, providers.config],
      [ServiceConfig, providers.config],
      [IdentityVerifier, providers.identities],
      [Logger, providers.logger],
      [Clock, providers.clock],
      [Shutdown, providers.shutdown],
      [Database, providers.database],
      [ReadDatabase, providers.readDatabase],
      [ApiDocument, providers.document],
      [Outbox, providers.outbox],
      [Publisher, providers.publisher],
      [Timers, providers.timers],
      [RunningReaders, providers.readers],
      [ReaderAdmin, providers.readers && providers.database && new ReaderAdmin(providers.database)],
    ];
    return {
      module: AppModule,
      controllers: [...http, ...(readers.length > 0 ? [ReadersHttp, DeadLettersHttp] : [])],
      providers: [
        ...values
          .filter(([, part]) => part)
          .map(([provide, useValue]) => ({ provide, useValue }) as Provider),
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
