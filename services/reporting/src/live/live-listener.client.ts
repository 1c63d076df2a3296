import { backoffMs } from '@baton/bus';
import { Logger, ServiceConfig, Shutdown } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';

/** Receives notifications that any process stored live events, through LISTEN on a connection of its own. Reconnects. */
@Injectable()
export class LiveListener {
  constructor(
    private readonly config: ServiceConfig,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  /**
   * Calls `onChange` with what changed for every notification, and with nothing after a reconnect because some may be lost, until the
   * service stops.
   */
  async listen(onChange: (what?: string) => void): Promise<void> {
    const { signal } = this.shutdown;
    for (let tries = 1; !signal.aborted; tries += 1) {
      try {
        await this.listenOnce(onChange, () => (tries = 0));
      } catch (err) {
        if (!signal.aborted) this.logger.warn({ err }, 'the live stream gets no notifications; reconnecting');
      }
      await pause(backoffMs(tries + 1), undefined, { signal }).catch(() => undefined);
    }
  }

  private async listenOnce(onChange: (what?: string) => void, onListening: () => void): Promise<void> {
    const client = new pg.Client({ connectionString: this.config.databaseUrl, keepAlive: true });
    const ended = new Promise<void>((resolve, reject) => {
      client.once('end', resolve).on('error', reject);
    });
    // Awaited below; a loss before that must not be an unhandled rejection.
    ended.catch(() => undefined);
    const end = (): void => void client.end().catch(() => undefined);
    this.shutdown.signal.addEventListener('abort', end, { once: true });
    try {
      await client.connect();
      client.on('notification', ({ payload }) => onChange(payload));
      await client.query(`listen ${client.escapeIdentifier(`live:${this.config.databaseSchema}`)}`);
      onListening();
      onChange();
      await ended;
    } finally {
      this.shutdown.signal.removeEventListener('abort', end);
      end();
    }
  }
}
