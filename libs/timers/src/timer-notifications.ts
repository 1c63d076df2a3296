import { backoffMs, type Database } from '@baton/bus';
import pg from 'pg';
import type { Log } from './timer-executor.js';

export interface Listener {
  /** A process has scheduled a timer of this kind, due at this instant (ms since 1970). */
  onScheduled(kind: string, due: number): void;
  /** Listening has begun (again); notifications sent before were missed. */
  onListening(): void;
}

/** A connection whose server is gone must be noticed: TCP keepalive starts after this idle time. */
const KEEPALIVE_DELAY_MS = 10_000;

/**
 * Receives notifications about timers scheduled by any process, through LISTEN on a connection of its own: a pooled one
 * would be taken from the pool for good. Reconnects by itself; workers find missed notifications when they poll.
 */
export class TimerNotifications {
  private client: pg.Client | undefined;
  private listening: Promise<void> | undefined;
  private stopped = false;
  private endPause: () => void = () => undefined;

  constructor(
    private readonly database: Database,
    private readonly listener: Listener,
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
    for (let attempts = 1; !this.stopped; attempts += 1) {
      try {
        const err = await this.listen(() => (attempts = 0));
        if (!this.stopped)
          this.log.warn({ err }, 'the connection for timer notifications was lost; reconnecting');
      } catch (err) {
        if (!this.stopped) this.log.warn({ err }, 'timers cannot listen for notifications now; retrying');
      }
      await this.pause(backoffMs(attempts + 1));
    }
  }

  /** Listens until the connection is lost; resolves with the error, if there was one. */
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
      this.listener.onListening();
      return await lost;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** Connects with the options of the pool: same role, same search_path. */
  private connection(): pg.Client {
    const { options } = (this.database.source.driver as unknown as { readonly master: pg.Pool }).master;
    const client = new pg.Client({
      ...options,
      // Not enumerable in the pool's options, so the spread does not copy it.
      password: options.password,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEPALIVE_DELAY_MS,
    });
    return client.on('notification', ({ payload = '' }) => {
      const end = payload.lastIndexOf(' ');
      this.listener.onScheduled(payload.slice(0, end), Number(payload.slice(end + 1)));
    });
  }

  private async pause(ms: number): Promise<void> {
    if (this.stopped) return;
    await new Promise<void>((resolve) => {
      const timeout = setTimeout(resolve, ms);
      this.endPause = () => {
        clearTimeout(timeout);
        resolve();
      };
    });
  }
}

/** Notifications reach the whole database: each service has its own channel, named as in {@link Timers.schedule}. */
const CHANNEL = `select 'timers:' || current_schema() as channel`;
