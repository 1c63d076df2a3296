import { Clock, Logger, Shutdown } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { LimitUsageStore } from './limit-usage.store.js';
import { RateLimits } from './rate-limits.cache.js';

const EXCHANGE_EVERY_MS = 1_000;
const DELETE_EVERY_MS = 60_000;

/** Adds up the usage of all processes once a second, so that a limit holds for all of them together. */
@Injectable()
export class RateLimitsJob {
  private exchanging = false;

  constructor(
    private readonly limits: RateLimits,
    private readonly usage: LimitUsageStore,
    private readonly clock: Clock,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  start(): void {
    const exchange = setInterval(() => void this.run(() => this.exchange()), EXCHANGE_EVERY_MS);
    const deletion = setInterval(
      () => void this.run(() => this.usage.deleteOld(this.clock.now())),
      DELETE_EVERY_MS,
    );
    this.shutdown.signal.addEventListener('abort', () => {
      clearInterval(exchange);
      clearInterval(deletion);
    });
  }

  private async exchange(): Promise<void> {
    if (this.exchanging) return;
    this.exchanging = true;
    try {
      const taken = this.limits.takeUsage();
      if (taken.length > 0) await this.limits.addShared(await this.usage.add(taken));
    } finally {
      this.exchanging = false;
    }
  }

  /** Without the database each process limits what it sees itself. */
  private async run(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (err) {
      this.logger.warn({ err }, 'the usage of rate limits could not be exchanged; retrying');
    }
  }
}
