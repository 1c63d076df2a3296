import { backoffMs, type Database } from '@baton/bus';
import pg from 'pg';
import type { Logger } from 'pino';

export interface Sleeper {
  /** The kind and the due instant (ms since 1970) of a timer that some process has just set. */
  onScheduled(kind: string, due: number): void;
  /** Listening has begun (again): what was set before was not heard. */
  onListening(): void;
}

/**
 * Hears of timers that any process sets, through LISTEN on a connection of its own: a pooled one would be missing from the
 * pool for good. It connects again by itself; what it misses meanwhile, the lanes find when they poll.
 */
export class WakeUps {
  private client: pg.Client | undefined;
  private listening: Promise<void> | undefined;
  private stopped = false;
  private endPause: () => void = () => undefined;

  constructor(
    private readonly database: Database,
    private readonly sleeper: Sleeper,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.listening ??= this.keepListening();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.endPause();
    await this.client?.end().catch(() => undefined);
    await this.listening;
  }

  private async keepListening(): Promise<void> {
    for (let tries = 0; !this.stopped; tries += 1) {
      const client = this.connection();
      const lost = new Promise<Error | undefined>((resolve) => {
        client.once('error', resolve);
        client.once('end', () => resolve(undefined));
      });
      try {
        await this.listen(client);
        tries = 0;
        const err = await lost;
        if (!this.stopped) this.log.warn({ err }, 'timers lost their wake-up connection; connecting again');
      } catch (err) {
        if (!this.stopped) this.log.warn({ err }, 'timers cannot listen for wake-ups now; trying again');
      }
      await client.end().catch(() => undefined);
      await this.pause(backoffMs(tries + 1));
    }
  }

  /** Connected as the pool connects: same role, same search_path. Keepalive tells when the host across is gone. */
  private connection(): pg.Client {
    const { options } = (this.database.source.driver as unknown as { readonly master: pg.Pool }).master;
    // The pool hides its password from being enumerated.
    const client = new pg.Client({ ...options, password: options.password, keepAlive: true });
    client.on('error', () => undefined);
    client.on('notification', ({ payload = '' }) => {
      const end = payload.lastIndexOf(' ');
      this.sleeper.onScheduled(payload.slice(0, end), Number(payload.slice(end + 1)));
    });
    return client;
  }

  private async listen(client: pg.Client): Promise<void> {
    this.client = client;
    await client.connect();
    const { rows } = await client.query<{ channel: string }>(
      `select 'timers:' || current_schema() as channel`,
    );
    await client.query(`listen ${client.escapeIdentifier(rows[0]?.channel ?? 'timers')}`);
    this.sleeper.onListening();
  }

  private async pause(ms: number): Promise<void> {
    if (this.stopped) return;
    await new Promise<void>((resolve) => {
      const alarm = setTimeout(resolve, ms);
      this.endPause = () => (clearTimeout(alarm), resolve());
    });
  }
}
