import type { Transaction } from '@baton/bus';
import type { ActivityRecordedV1 } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { addCampaigns } from '../report/campaign.store.js';
import { touchesOf } from './touches.js';

/** Days an activity id is remembered: repetitions of one message lie hours apart. */
const REMEMBER_DAYS = 30;
/** Max ids deleted with one batch. */
const MAX_DELETED = 5_000;

/** An activity as it was published. */
export interface PublishedActivity extends ActivityRecordedV1 {
  readonly partition: number;
  /** UTC day of the publication. */
  readonly publishedOn: string;
  /** A dead letter that was put back: it was not counted, however old it is. */
  readonly redelivered: boolean;
}

/**
 * Counts activities, each once however often its sender sent it and however often the topic is read.
 *
 * Activities have no version, so their ids are remembered, for a time measured on the log and not on the clock. `activity_days`
 * has the day up to which a partition was read: what was published more than {@link REMEMBER_DAYS} before it is counted already,
 * as messages of a partition come in the order of their publication.
 */
@Injectable()
export class TouchStore {
  async add(tx: Transaction, activities: readonly PublishedActivity[]): Promise<void> {
    const unseen = await this.unseen(tx, await this.recent(tx, activities));
    if (unseen.length > 0) await this.count(tx, unseen);
    await this.forget(tx, activities);
  }

  private async recent(
    tx: Transaction,
    activities: readonly PublishedActivity[],
  ): Promise<PublishedActivity[]> {
    const rows = await tx.rows<{ partition: number; oldest: string }>(
      `select partition, (last_day - ${REMEMBER_DAYS})::text as oldest from activity_days where partition = any($1)`,
      [[...new Set(activities.map(({ partition }) => partition))]],
    );
    const oldest = new Map(rows.map((row) => [row.partition, row.oldest]));
    return activities.filter(
      ({ partition, publishedOn, redelivered }) =>
        redelivered || publishedOn >= (oldest.get(partition) ?? ''),
    );
  }

  private async unseen(
    tx: Transaction,
    activities: readonly PublishedActivity[],
  ): Promise<PublishedActivity[]> {
    const rows = await tx.rows<{ activity_id: string }>(
      `with written as (
         insert into activities_seen as s (activity_id, partition, day)
         select activity_id, min(partition), min(day) from unnest($1::uuid[], $2::int[], $3::date[])
           as given (activity_id, partition, day)
         group by 1 order by 1
         on conflict (activity_id) do update
           set partition = least(s.partition, excluded.partition), day = least(s.day, excluded.day)
           where excluded.partition < s.partition or excluded.day < s.day
         returning activity_id, xmax = 0 as is_new
       )
       select activity_id from written where is_new`,
      [
        activities.map(({ activityId }) => activityId),
        activities.map(({ partition }) => partition),
        activities.map(({ publishedOn }) => publishedOn),
      ],
    );
    // Of a repeated message the first counts, whether or not the repetition is in the same batch.
    const byId = new Map(activities.toReversed().map((activity) => [activity.activityId, activity]));
    return rows.flatMap((row) => byId.get(row.activity_id) ?? []);
  }

  private async count(tx: Transaction, activities: readonly ActivityRecordedV1[]): Promise<void> {
    await addCampaigns(
      tx,
      activities.map(({ campaign, occurredAt }) => ({ name: campaign?.name ?? '', at: occurredAt })),
    );
    const counts = touchesOf(activities);
    await tx.rows(
      `insert into touch_counts as c (day, source_id, channel, campaign, kind, touches, bots)
       select * from unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[])
       on conflict (day, source_id, channel, campaign, kind)
       do update set touches = c.touches + excluded.touches, bots = c.bots + excluded.bots`,
      [
        counts.map((count) => count.day),
        counts.map((count) => count.sourceId),
        counts.map((count) => count.channel),
        counts.map((count) => count.campaign),
        counts.map((count) => count.kind),
        counts.map((count) => count.touches),
        counts.map((count) => count.bots),
      ],
    );
  }

  /** Advances the days of the partitions and deletes some of the ids that are too old for the days before. */
  private async forget(tx: Transaction, activities: readonly PublishedActivity[]): Promise<void> {
    await tx.rows(
      `with advanced as (
         insert into activity_days as d (partition, last_day)
         select partition, max(day) from unnest($1::int[], $2::date[]) as given (partition, day) group by 1 order by 1
         on conflict (partition) do update set last_day = excluded.last_day where excluded.last_day > d.last_day
       )
       delete from activities_seen where activity_id = any(array(
         select activity_id from activities_seen s join activity_days d using (partition)
         where d.partition = any($1) and s.day < d.last_day - ${REMEMBER_DAYS}
         limit ${MAX_DELETED} for update of s skip locked
       ))`,
      [activities.map(({ partition }) => partition), activities.map(({ publishedOn }) => publishedOn)],
    );
  }
}
