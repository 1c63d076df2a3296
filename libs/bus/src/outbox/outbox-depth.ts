import type { Logger } from 'pino';
import type { Database } from '../database/database.js';
import { outboxAge, outboxBytes, outboxRows } from '../metrics.js';

/** What is decided and not published yet. */
export interface OutboxStatus {
  readonly rows: number;
  readonly bytes: number;
  /** Of the oldest row, seconds. */
  readonly ageSeconds: number;
  /** Why nothing can be published; absent when publishing works. */
  readonly fault?: string;
}

/** Measures the outbox table for metrics and health. */
export class OutboxDepth {
  last: OutboxStatus = { rows: 0, bytes: 0, ageSeconds: 0 };
  private measuring = false;

  constructor(private readonly database: Database) {}

  /** Never throws: without a database the last measure stays, and the database's own check reports it. */
  async measure(log: Logger): Promise<OutboxStatus> {
    if (this.measuring) return this.last;
    this.measuring = true;
    try {
      const [row] = await this.database.rows<{ rows: string; bytes: string; age: string }>(
        `select count(*) as rows, coalesce(sum(bytes), 0) as bytes,
           coalesce(extract(epoch from clock_timestamp() - min(at)), 0) as age from outbox`,
      );
      this.last = { rows: Number(row!.rows), bytes: Number(row!.bytes), ageSeconds: Number(row!.age) };
      outboxRows.record(this.last.rows);
      outboxBytes.record(this.last.bytes);
      outboxAge.record(this.last.ageSeconds);
    } catch (fault) {
      log.warn({ err: fault }, 'the depth of the outbox could not be measured');
    } finally {
      this.measuring = false;
    }
    return this.last;
  }
}
