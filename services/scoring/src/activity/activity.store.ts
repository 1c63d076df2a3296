import type { Transaction } from '@baton/bus';
import type { ActivityRecordedV1 } from '@baton/contracts';
import type { Queryable } from '@baton/definitions';
import { Injectable } from '@nestjs/common';
import {
  fromRow,
  INSERT_ACTIVITIES,
  toColumns,
  type ActivityRow,
  type ActivityToStore,
  type HistoricActivity,
  type StoredActivity,
} from './activity-row.js';

/** Keyset of a page: the last activity of the page before. */
export interface AfterActivity {
  /** UTC, ISO 8601. */
  readonly occurredAt: string;
  readonly id: string;
}

/** Max activities of a history in memory at a time; one may have 32 KB of properties. */
const HISTORY_PAGE = 1_000;

@Injectable()
export class ActivityStore {
  /** The activities of a batch that are not in the history yet, each once, in their order. */
  async admit(tx: Transaction, batch: readonly ActivityRecordedV1[]): Promise<ActivityRecordedV1[]> {
    const ids = [...new Set(batch.map(({ activityId }) => activityId))].sort();
    const admitted = await tx.rows<{ id: string }>(ADMIT, [ids]);
    if (admitted.length === batch.length) return [...batch];
    const remaining = new Set(admitted.map(({ id }) => id));
    return batch.filter(({ activityId }) => remaining.delete(activityId));
  }

  /** Adds admitted activities to the history. */
  async append(tx: Transaction, activities: readonly ActivityToStore[]): Promise<void> {
    await tx.rows(INSERT_ACTIVITIES, toColumns(activities));
  }

  /** All activities of these leads except those of bots, in no particular order, a page at a time; one call at a time per transaction. */
  async *historyOf(tx: Transaction, leadIds: readonly string[]): AsyncGenerator<HistoricActivity[]> {
    await tx.rows(DECLARE_HISTORY, [leadIds]);
    for (;;) {
      const rows = await tx.rows<ActivityRow>(`fetch ${HISTORY_PAGE} from activity_history`);
      yield rows.map(fromRow);
      if (rows.length < HISTORY_PAGE) break;
    }
    await tx.rows('close activity_history');
  }

  /** All activities of a lead except those of bots, newest first, a page at a time. */
  async *pagesOf(queryable: Queryable, leadId: string): AsyncGenerator<HistoricActivity[]> {
    let after: AfterActivity | undefined;
    for (;;) {
      const page = await this.page(queryable, leadId, HISTORY_PAGE, after);
      yield page.filter(({ bot }) => !bot);
      const last = page.at(-1);
      if (!last || page.length < HISTORY_PAGE) return;
      after = { occurredAt: new Date(last.at).toISOString(), id: last.id };
    }
  }

  /** Activities of a lead, including those of bots, newest first. */
  async page(
    queryable: Queryable,
    leadId: string,
    limit: number,
    after?: AfterActivity,
  ): Promise<StoredActivity[]> {
    const rows = await queryable.rows<ActivityRow & { received_at: Date }>(PAGE_OF_LEAD, [
      leadId,
      after?.occurredAt,
      after?.id,
      limit,
    ]);
    return rows.map((row) => ({ ...fromRow(row), receivedAt: row.received_at.getTime() }));
  }
}

const ADMIT = 'insert into activity_ids select unnest($1::uuid[]) on conflict do nothing returning id';

/** A cursor, because tallies do not depend on the order: paging by key would sort the history again for each page. */
const DECLARE_HISTORY = `
  declare activity_history no scroll cursor for
  select id, lead_id, occurred_at, source_id, kind, name, channel, bot, detail - 'traits' as detail
  from activities where lead_id = any($1::uuid[]) and not bot`;

const PAGE_OF_LEAD = `
  select id, lead_id, kind, name, occurred_at, received_at, source_id, channel, bot, detail - 'traits' as detail
  from activities
  where lead_id = $1 and ($2::timestamptz is null or (occurred_at, id) < ($2, $3::uuid))
  order by occurred_at desc, id desc limit $4`;
