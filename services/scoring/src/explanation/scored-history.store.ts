import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { fromRow, type ActivityRow, type HistoricActivity } from '../activity/activity-row.js';
import { PROFILES_OF_LEAD } from '../activity/activity.store.js';
import { traitsOf } from '../activity/traits.js';
import type { Traits } from '../lead/trait-state.js';

/** An activity with the traits it gave. */
export interface KnownActivity extends HistoricActivity {
  readonly traits: Traits;
}

const PAGE = 1_000;
/** Max activities read for one answer, the newest. */
export const MAX_READ = 50_000;

@Injectable()
export class ScoredHistoryStore {
  constructor(private readonly database: ReadDatabase) {}

  /** The newest activities of a lead up to an instant (ms since 1970), except those of bots, newest first, a page at a time. */
  async *pagesUntil(leadId: string, until: number): AsyncGenerator<KnownActivity[]> {
    let after = { at: new Date(until).toISOString(), id: LAST_ID };
    for (let read = 0; read < MAX_READ; read += PAGE) {
      const rows = await this.database.rows<ActivityRow>(PAGE_UNTIL, [leadId, after.at, after.id, PAGE]);
      yield rows
        .filter(({ bot }) => !bot)
        .map((row) => ({ ...fromRow(row), traits: traitsOf(row.detail.traits ?? {}, undefined) }));
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      after = { at: last.occurred_at.toISOString(), id: last.id };
    }
  }

  /** Whether a lead has more activities up to an instant than are read. */
  async isCut(leadId: string, until: number): Promise<boolean> {
    const rows = await this.database.rows(
      `select from activities where profile_id = any(${PROFILES_OF_LEAD}) and occurred_at <= $2
       order by occurred_at desc offset $3 limit 1`,
      [leadId, new Date(until).toISOString(), MAX_READ],
    );
    return rows.length > 0;
  }
}

/** Not before any other UUID. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const PAGE_UNTIL = `
  select id, profile_id, kind, name, occurred_at, source_id, channel, bot, detail
  from activities
  where profile_id = any(${PROFILES_OF_LEAD}) and (occurred_at, id) < ($2::timestamptz, $3::uuid)
  order by occurred_at desc, id desc limit $4`;
