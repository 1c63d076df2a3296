import type { Database } from '@baton/bus';
import type { Parts } from './app.module.js';
import type { Health } from './health.js';
import type { Openings } from './disposables.js';
import type { Service } from './service.js';

/** What the steps of a start share. */
export interface Starting extends Pick<Parts, 'config' | 'logger' | 'clock' | 'shutdown'> {
  readonly spec: Service;
  readonly database: Database;
  readonly health: Health;
  readonly openings: Openings;
  /** Gives the service up. */
  readonly fail: (reason: string, fault?: unknown) => void;
}
