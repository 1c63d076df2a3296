import { Clock, Logger, repeat, Shutdown } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { ReportingConfig } from '../reporting.config.js';
import { TouchRetentionStore } from './touch-retention.store.js';

const EVERY_MS = 10 * 60 * 1_000;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Deletes touches after the days of the setting. */
@Injectable()
export class TouchRetention {
  constructor(
    private readonly touches: TouchRetentionStore,
    private readonly config: ReportingConfig,
    private readonly clock: Clock,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  start(): void {
    const { signal } = this.shutdown;
    repeat(signal, {
      everyMs: EVERY_MS,
      work: () => this.touches.deleteBefore(this.horizon(), signal),
      onFault: (err) => this.logger.warn({ err }, 'old touches could not be deleted; retrying'),
    });
  }

  private horizon(): Date {
    return new Date(this.clock.now().getTime() - this.config.touchRetentionDays * DAY_MS);
  }
}
