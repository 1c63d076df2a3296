import { Clock, Logger, repeat, Shutdown } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { GatewayConfig } from '../gateway.config.js';
import { AuditStore } from './audit.store.js';

const EVERY_MS = 6 * 60 * 60 * 1_000;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Creates the months of the audit log ahead, and drops those older than it is kept. */
@Injectable()
export class AuditRetention {
  constructor(
    private readonly store: AuditStore,
    private readonly config: GatewayConfig,
    private readonly clock: Clock,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  /** @throws when the months could not be created at the start: nothing could be recorded */
  async start(): Promise<void> {
    await this.run();
    repeat(this.shutdown.signal, {
      everyMs: EVERY_MS,
      work: () => this.run(),
      onFault: (err) => this.logger.error({ err }, 'the months of the audit log could not be kept'),
    });
  }

  private run(): Promise<void> {
    const now = this.clock.now();
    return this.store.keepMonths(now, new Date(now.getTime() - this.config.auditRetentionDays * DAY_MS));
  }
}
