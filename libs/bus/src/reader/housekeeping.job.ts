import type { Logger } from 'pino';
import type { Database } from '../database/database.js';
import { deadLettersWaiting } from '../metrics.js';

/** Age at which a dead letter that was handled or waived is deleted, days. */
export const KEEP_RESOLVED_DAYS = 30;
/** Age at which a dead letter that nobody decided on is deleted, days: after three months its effect would mislead. */
export const KEEP_OPEN_DAYS = 90;
const DELETE_EVERY_MS = 60 * 60 * 1_000;
const COUNT_EVERY_MS = 15_000;
/** Rows deleted at a time, so that no reader waits for a long statement. */
const MAX_DELETED = 5_000;

/** Counts a reader's open dead letters for the metrics, and deletes those that were kept long enough. */
export class Housekeeping {
  private countedAt = -Infinity;
  private deletedAt = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly key: string,
    private readonly log: Logger,
  ) {}

  /** To be called every second or so; does its work when it is due. */
  async run(now: number): Promise<void> {
    if (now - this.countedAt >= COUNT_EVERY_MS) {
      this.countedAt = now;
      deadLettersWaiting.record(await this.open(), { reader: this.key });
    }
    if (now - this.deletedAt >= DELETE_EVERY_MS) {
      this.deletedAt = now;
      await this.delete();
    }
  }

  private async open(): Promise<number> {
    const [row] = await this.database.rows<{ open: string }>(
      `select count(*) as open from dead_letters where reader = $1 and state in ('waiting', 'requested')`,
      [this.key],
    );
    return Number(row!.open);
  }

  /** Deletes in slices until nothing is old enough. */
  async delete(): Promise<void> {
    for (;;) {
      const [row] = await this.database.rows<{ deleted: string; open: string }>(
        `with gone as (
           delete from dead_letters where id in (
             select id from dead_letters where reader = $1
               and case when state in ('done', 'waived') then coalesce(resolved_at, at) < now() - make_interval(days => $2)
                 else at < now() - make_interval(days => $3) end
             limit ${MAX_DELETED})
           returning state
         ) select count(*) as deleted, count(*) filter (where state in ('waiting', 'requested')) as open from gone`,
        [this.key, KEEP_RESOLVED_DAYS, KEEP_OPEN_DAYS],
      );
      if (Number(row!.open) > 0)
        this.log.error(
          { reader: this.key, letters: Number(row!.open) },
          `dead letters were deleted that nobody decided on within ${KEEP_OPEN_DAYS} days`,
        );
      if (Number(row!.deleted) < MAX_DELETED) return;
    }
  }
}
