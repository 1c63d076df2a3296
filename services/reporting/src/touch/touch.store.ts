import type { Transaction } from '@baton/bus';
import type { ActivityRecordedV1 } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { touchesOf } from './touches.js';

/** A message sent again after this is counted again; senders give up within hours. */
const REMEMBER_DAYS = 30;
const FORGET_AT_ONCE = 5_000;

/** An activity with the day on which it was published: the same however often the topic is read. */
export interface SeenActivity extends ActivityRecordedV1 {
  readonly seenOn: string;
}

/** Counts activities, each once however often its sender sent it. */
@Injectable()
export class TouchStore {
  private forgottenOn = '';

  async add(tx: Transaction, activities: readonly SeenActivity[], today: string): Promise<void> {
    const fresh = await this.unseen(tx, activities);
    if (fresh.length > 0) await this.count(tx, fresh);
    if (this.forgottenOn !== today) await this.forget(tx, today);
  }

  private async unseen(tx: Transaction, activities: readonly SeenActivity[]): Promise<SeenActivity[]> {
    const byId = new Map(activities.map((activity) => [activity.activityId, activity]));
    const ids = [...byId.keys()].sort();
    const rows = await tx.rows<{ activity_id: string }>(
      `insert into activities_seen (activity_id, day) select * from unnest($1::uuid[], $2::date[])
       on conflict do nothing returning activity_id`,
      [ids, ids.map((id) => byId.get(id)!.seenOn)],
    );
    return rows.flatMap((row) => byId.get(row.activity_id) ?? []);
  }

  private async count(tx: Transaction, activities: readonly ActivityRecordedV1[]): Promise<void> {
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

  /** A little with each batch until the old days are gone, then nothing until tomorrow. */
  private async forget(tx: Transaction, today: string): Promise<void> {
    const gone = await tx.rows(
      `delete from activities_seen where activity_id in (
         select activity_id from activities_seen where day < $1::date - ${REMEMBER_DAYS}
         order by activity_id limit ${FORGET_AT_ONCE} for update skip locked
       ) returning 1`,
      [today],
    );
    if (gone.length < FORGET_AT_ONCE) this.forgottenOn = today;
  }
}
