import type { Database } from '@baton/bus';
import type { Providers } from './app.module.js';
import type { ReadDatabase } from './database/read-database.js';
import type { Health } from './health.js';
import type { Disposables } from './disposables.js';
import type { Service } from './service.js';

/** Shared by the steps of a start. */
export interface StartContext extends Pick<Providers, 'config' | 'logger' | 'clock' | 'shutdown'> {
  readonly spec: Service;
  readonly database: Database;
  readonly readDatabase: ReadDatabase;
  readonly health: Health;
  readonly disposables: Disposables;
  /** Reports that the service cannot continue; its process should exit. */
  readonly fail: (reason: string, fault?: unknown) => void;
}
