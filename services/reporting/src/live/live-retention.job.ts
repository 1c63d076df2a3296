import { Clock, Logger, Shutdown } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { LiveEventStore } from './live-event.store.js';

const EVERY_MS = 10_000;

/** Deletes old events of the live stream, whether or not a client is connected. */
@Injectable()
export class LiveRetention {
  private running = false;

  constructor(
    private readonly events: LiveEventStore,
    private readonly clock: Clock,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  start(): void {
    const timer = setInterval(() => void this.run(), EVERY_MS);
    this.shutdown.signal.addEventListener('abort', () => clearInterval(timer));
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      await this.events.deleteOld(this.clock.now());
    } catch (err) {
      this.logger.warn({ err }, 'old events of the live stream could not be deleted; retrying');
    } finally {
      this.running = false;
    }
  }
}
