import { Database } from '@baton/bus';
import { Injectable } from '@nestjs/common';

/** Max touches of one `delete`, so that it holds its locks and its connection only briefly. */
const MAX_DELETED = 2_000;

/**
 * Deletes old touches, which are the facts there are most of. What was derived from them stays: the paths that have them, and the first content of
 * a person (`person/derivation.store.ts`).
 */
@Injectable()
export class TouchRetentionStore {
  constructor(private readonly database: Database) {}

  /** The oldest of those that happened before `horizon`, at most 2,000. @returns how many */
  async deleteSome(horizon: Date): Promise<number> {
    // One statement: a derivation sees both the touches gone and the mark of their person, or neither.
    const [row] = await this.database.rows<{ deleted: number }>(
      `with deleted as (
         delete from touches where touch_id = any(array(
           select touch_id from touches where occurred_at < $1 order by occurred_at limit ${MAX_DELETED} for update skip locked
         )) returning lead_id, profile_id, occurred_at
       ), marked as (
         insert into touches_deleted as d (lead_id, until)
         select coalesce(home.lead_id, deleted.lead_id), max(occurred_at)
         from deleted left join profile_homes home using (profile_id) group by 1 order by 1
         on conflict (lead_id) do update set until = excluded.until where excluded.until > d.until
       )
       select count(*)::int as deleted from deleted`,
      [horizon],
    );
    return row!.deleted;
  }

  /** All that happened before `horizon`, some at a time. @returns how many */
  async deleteBefore(horizon: Date, signal?: AbortSignal): Promise<number> {
    for (let total = 0; ;) {
      const deleted = await this.deleteSome(horizon);
      total += deleted;
      if (deleted === 0 || signal?.aborted) return total;
    }
  }
}
