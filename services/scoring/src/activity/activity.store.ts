import type { Queryable, Transaction } from '@baton/bus';
import type { ActivityRecordedV1 } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import {
  fromRow,
  INSERT_ACTIVITIES,
  toColumns,
  toFacts,
  type ActivityRow,
  type ActivityToStore,
  type HistoricActivity,
  type HistoricFacts,
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

  /**
   * All activities of leads that are not merged except those of bots, with their lead, in no particular order, a page at a time; one call at
   * a time per transaction.
   */
  async *historyOf(
    tx: Transaction,
    leadIds: readonly string[],
  ): AsyncGenerator<(HistoricActivity & { readonly leadId: string })[]> {
    await tx.rows(DECLARE_HISTORY, [leadIds]);
    for await (const rows of fetched<ActivityRow & { lead_id: string }>(tx))
      yield rows.map((row) => ({ ...fromRow(row), leadId: row.lead_id }));
  }

  /** All activities of profiles except those of bots, with what they said about the person, as {@link historyOf}. */
  async *factsOf(tx: Transaction, profileIds: readonly string[]): AsyncGenerator<HistoricFacts[]> {
    await tx.rows(DECLARE_FACTS, [profileIds]);
    for await (const rows of fetched<Parameters<typeof toFacts>[0]>(tx)) yield rows.map(toFacts);
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

async function* fetched<Row extends object>(tx: Transaction): AsyncGenerator<Row[]> {
  for (;;) {
    const rows = await tx.rows<Row>(`fetch ${HISTORY_PAGE} from activity_history`);
    yield rows;
    if (rows.length < HISTORY_PAGE) break;
  }
  await tx.rows('close activity_history');
}

const ADMIT = 'insert into activity_ids select unnest($1::uuid[]) on conflict do nothing returning id';

const COLUMNS = 'id, profile_id, occurred_at, received_at, source_id, kind, name, channel, bot' as const;

/** A cursor, because tallies do not depend on the order: paging by key would sort the history again for each page. */
const DECLARE_HISTORY = `
  declare activity_history no scroll cursor for
  select ${COLUMNS}, detail - 'traits' as detail, owned.lead_id
  from (select distinct profile_id, lead_id from identifiers where lead_id = any($1::uuid[])) owned
  join activities using (profile_id) where not bot`;

/** A profile has one address, or is one of before there were profiles: then which activity gave which is not known, and none is told. */
const DECLARE_FACTS = `
  declare activity_history no scroll cursor for
  select ${COLUMNS}, detail, address.value as email
  from activities left join lateral (
    select min(value) as value from identifiers
    where kind = 'email'
      and identifiers.profile_id = coalesce((detail ->> 'emailProfileId')::uuid, activities.profile_id)
    having count(*) = 1
  ) address on true
  where activities.profile_id = any($1::uuid[]) and not bot`;

/** The profiles of the lead `$1`, as an array: its history is theirs. */
export const PROFILES_OF_LEAD = 'array(select profile_id from identifiers where lead_id = $1)';

const PAGE_OF_LEAD = `
  select ${COLUMNS}, detail - 'traits' as detail
  from activities
  where profile_id = any(${PROFILES_OF_LEAD}) and ($2::timestamptz is null or (occurred_at, id) < ($2, $3::uuid))
  order by occurred_at desc, id desc limit $4`;
