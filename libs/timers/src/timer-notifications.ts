import { backoffMs, type Database } from '@baton/bus';
import pg from 'pg';
import type { Log } from './timer-executor.js';

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
    private readonly log: Log,
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
    for (let tries = 1; !this.stopped; tries += 1) {
      try {
        const err = await this.listen(() => (tries = 0));
        if (!this.stopped) this.log.warn({ err }, 'timers lost their wake-up connection; connecting again');
      } catch (err) {
        if (!this.stopped) this.log.warn({ err }, 'timers cannot listen for wake-ups now; trying again');
      }
      await this.pause(backoffMs(tries + 1));
    }
  }

  /** Listens until the connection is lost, and gives what it was lost by. */
  private async listen(onListening: () => void): Promise<Error | undefined> {
    const client = this.connection();
    this.client = client;
    const lost = new Promise<Error | undefined>((resolve) => {
      client.on('error', resolve).once('end', () => resolve(undefined));
    });
    try {
      await client.connect();
      const { rows } = await client.query<{ channel: string }>(CHANNEL);
      await client.query(`listen ${client.escapeIdentifier(rows[0]!.channel)}`);
      onListening();
      this.sleeper.onListening();
      return await lost;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** Connects as the pool connects: same role, same search_path. Keepalive tells when the host across is gone. */
  private connection(): pg.Client {
    const { options } = (this.database.source.driver as unknown as { readonly master: pg.Pool }).master;
    // The pool hides its password from being enumerated.
    const client = new pg.Client({ ...options, password: options.password, keepAlive: true });
    return client.on('notification', ({ payload = '' }) => {
      const end = payload.lastIndexOf(' ');
      this.sleeper.onScheduled(payload.slice(0, end), Number(payload.slice(end + 1)));
    });
  }

  private async pause(ms: number): Promise<void> {
    if (this.stopped) return;
    await new Promise<void>((resolve) => {
      const alarm = setTimeout(resolve, ms);
      this.endPause = () => (clearTimeout(alarm), resolve());
    });
  }
}

/** Notifications reach the whole database: each service has its own channel, named as in {@link Timers.schedule}. */
const CHANNEL = `select 'timers:' || current_schema() as channel`;
