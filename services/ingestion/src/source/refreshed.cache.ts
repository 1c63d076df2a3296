import type { Logger } from '@baton/platform';
import { setTimeout as pause } from 'node:timers/promises';

/** Age at which the content is read again: how long a row that another process deleted is still found. */
const MAX_AGE_MS = 5_000;
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

  constructor(
    private readonly read: () => Promise<Content>,
    private readonly logger: Logger,
  ) {}

  /** The content of the last read; undefined before the first. Begins a read when it is old. */
  get content(): Content | undefined {
    if (performance.now() - this.readAt >= MAX_AGE_MS)
      this.refreshed().catch((err: unknown) =>
        this.logger.warn({ err }, 'sources and forms could not be read; using those of the last read'),
      );
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
    return (this.current = await this.read());
  }
}
