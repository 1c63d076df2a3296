import { Clock, Logger, repeat, Shutdown } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { LiveEventStore } from './live-event.store.js';

const EVERY_MS = 10_000;

/** Deletes old events of the live stream, whether or not a client is connected. */
@Injectable()
export class LiveRetention {
  constructor(
    private readonly events: LiveEventStore,
    private readonly clock: Clock,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  start(): void {
    repeat(this.shutdown.signal, {
      everyMs: EVERY_MS,
      work: () => this.events.deleteOld(this.clock.now()),
      onFault: (err) =>
        this.logger.warn({ err }, 'old events of the live stream could not be deleted; retrying'),
    });
  }
}
