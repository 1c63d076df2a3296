import { backoffMs, Database } from '@baton/bus';
import { Logger, ServiceConfig, Shutdown } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Hears that any process kept live events, through LISTEN on a connection of its own. It connects again by itself, and says
 * so: what was kept meanwhile was not heard.
 */
@Injectable()
export class LiveListener {
  constructor(
    private readonly database: Database,
    private readonly config: ServiceConfig,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  /** Calls `wake` whenever there may be something new, until the service stops. */
  async listen(wake: () => void): Promise<void> {
    const { signal } = this.shutdown;
    for (let tries = 1; !signal.aborted; tries += 1) {
      try {
        await this.listenOnce(wake, () => (tries = 0));
      } catch (err) {
        if (!signal.aborted) this.logger.warn({ err }, 'the live stream cannot listen now; trying again');
      }
      await pause(backoffMs(tries + 1), undefined, { signal }).catch(() => undefined);
    }
  }

  private async listenOnce(wake: () => void, onListening: () => void): Promise<void> {
    const client = new pg.Client({ connectionString: this.config.databaseUrl, keepAlive: true });
    const ended = new Promise<void>((resolve, reject) => {
      client.once('end', resolve).on('error', reject);
    });
    // Awaited below; until then a loss must not count as nobody's.
    ended.catch(() => undefined);
    const end = (): void => void client.end().catch(() => undefined);
    this.shutdown.signal.addEventListener('abort', end, { once: true });
    try {
      await client.connect();
      const [row] = await this.database.rows<{ channel: string }>(
        `select 'live:' || current_schema() as channel`,
      );
      client.on('notification', wake);
      await client.query(`listen ${client.escapeIdentifier(row!.channel)}`);
      onListening();
      wake();
      await ended;
    } finally {
      this.shutdown.signal.removeEventListener('abort', end);
      end();
    }
  }
}
