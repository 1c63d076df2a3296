import { Clock, Logger, repeat, Shutdown } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { LimitUsageStore } from './limit-usage.store.js';
import { RateLimits } from './rate-limits.cache.js';

const EXCHANGE_EVERY_MS = 1_000;
const DELETE_EVERY_MS = 60_000;

/** Adds up the usage of all processes once a second, so that a limit holds for all of them together. */
@Injectable()
export class RateLimitsJob {
  constructor(
    private readonly limits: RateLimits,
    private readonly usage: LimitUsageStore,
    private readonly clock: Clock,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  /** Without the database each process limits what it sees itself. */
  start(): void {
    const onFault = (err: unknown): void =>
      this.logger.warn({ err }, 'the usage of rate limits could not be exchanged; retrying');
    repeat(this.shutdown.signal, { everyMs: EXCHANGE_EVERY_MS, work: () => this.exchange(), onFault });
    repeat(this.shutdown.signal, {
      everyMs: DELETE_EVERY_MS,
      work: () => this.usage.deleteOld(this.clock.now()),
      onFault,
    });
  }

  private async exchange(): Promise<void> {
    const taken = this.limits.takeUsage();
    if (taken.length > 0) await this.limits.addShared(await this.usage.add(taken));
  }
}
