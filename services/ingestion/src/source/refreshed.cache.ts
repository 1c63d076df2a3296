import { repeat, type Logger, type Shutdown } from '@baton/platform';
import { setTimeout as pause } from 'node:timers/promises';

/** Interval between reads: how long a row that another process deleted is still found. */
const READ_EVERY_MS = 5_000;
/** Minimum interval between reads: unknown keys cause at most one read per interval. */
const MIN_READ_INTERVAL_MS = 100;

/**
 * A small table in memory, so that an event costs no query and ingestion goes on while the database is away. Callers that do not
 * find a key call {@link refreshed} and look again.
 */
export class RefreshedCache<Content> {
  private current: Content | undefined;
  private readAt = Number.NEGATIVE_INFINITY;
  private next: Promise<Content> | undefined;
  private reads = 0;
  private newest = 0;

  /** Reads by the clock and not when it is used: after a quiet time the first request must not find a deleted row. */
  constructor(
    private readonly read: () => Promise<Content>,
    shutdown: Shutdown,
    logger: Logger,
  ) {
    repeat(shutdown.signal, {
      everyMs: READ_EVERY_MS,
      work: () => this.refreshed(),
      onFault: (err) =>
        logger.warn({ err }, 'sources and forms could not be read; using those of the last read'),
    });
  }

  /** The content of the last read; undefined before the first. */
  get content(): Content | undefined {
    return this.current;
  }

  /** Resolves with content that has everything written before this call. */
  refreshed(): Promise<Content> {
    return (this.next ??= this.readNext());
  }

  private async readNext(): Promise<Content> {
    await pause(Math.max(0, this.readAt + MIN_READ_INTERVAL_MS - performance.now()));
    // A caller from here on may look for something that this read misses.
    this.next = undefined;
    this.readAt = performance.now();
    const read = ++this.reads;
    const content = await this.read();
    // A slow read that began before a change must not replace the content of one that began after it.
    if (read > this.newest) {
      this.newest = read;
      this.current = content;
    }
    return content;
  }
}
