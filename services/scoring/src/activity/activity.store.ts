import type { Transaction } from '@baton/bus';
import type { ActivityRecordedV1 } from '@baton/contracts';
import type { Queryable } from '@baton/definitions';
import { Injectable } from '@nestjs/common';
import type { Scorable } from '../score/tally.js';
import type { Incoming } from '../lead/apply-batch.js';
import type { ActivityResponse } from '../lead/leads.response.js';
import { rowLists } from './unnest-insert.js';

/** What of an activity stands in no column of its own. */
interface Detail {
  readonly properties?: ActivityRecordedV1['properties'];
  readonly traits?: ActivityRecordedV1['traits'];
  readonly campaign?: ActivityRecordedV1['campaign'];
  readonly pageUrl?: string;
  readonly referrer?: string;
  readonly consent?: boolean;
}

interface ActivityRow {
  readonly id: string;
  readonly lead_id: string;
  readonly occurred_at: Date;
  readonly received_at: Date;
  readonly source_id: string;
  readonly kind: string;
  readonly name: string;
  readonly channel: string;
  readonly bot: boolean;
  readonly detail: Detail;
}

/** An activity of the history, as rules are asked about it. */
export interface Past extends Scorable {
  readonly id: string;
  readonly leadId: string;
}

/** Where a page begins: behind this activity. */
export interface AfterActivity {
  /** UTC, ISO 8601. */
  readonly occurredAt: string;
  readonly id: string;
}

/** Rows of a history in memory at one time. */
const PAGE = 5_000;

@Injectable()
export class ActivityStore {
  /** Takes those of a batch that are not in the history yet, each once, in their order. */
  async admit(tx: Transaction, batch: readonly ActivityRecordedV1[]): Promise<ActivityRecordedV1[]> {
    const ids = [...new Set(batch.map(({ activityId }) => activityId))].sort();
    const admitted = await tx.rows<{ id: string }>(
      'insert into activity_ids select unnest($1::uuid[]) on conflict do nothing returning id',
      [ids],
    );
    const fresh = new Set(admitted.map(({ id }) => id));
    return batch.filter(({ activityId }) => fresh.delete(activityId));
  }

  /** Adds admitted activities to the history of their leads. */
  async append(
    tx: Transaction,
    batch: readonly Incoming[],
    leadIds: readonly (string | null)[],
  ): Promise<void> {
    const rows = batch.map(({ data, activity }, index) => ({
      data,
      at: activity.at,
      leadId: leadIds[index] ?? null,
    }));
    await tx.rows(APPEND, appended.values(rows));
  }

  /** All that people (no bots) did of these leads, a page at a time; only what is needed to score it. */
  async *historyOf(reader: Queryable, leadIds: readonly string[]): AsyncGenerator<Past[]> {
    let after: readonly [string, string, string] = [NIL, '-infinity', NIL];
    for (;;) {
      const rows = await reader.rows<ActivityRow>(HISTORY, [leadIds, ...after, PAGE]);
      yield rows.map(fromRow);
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      after = [last.lead_id, last.occurred_at.toISOString(), last.id];
    }
  }

  /** What a lead did, bots included, newest first. */
  async page(
    reader: Queryable,
    leadId: string,
    limit: number,
    after?: AfterActivity,
  ): Promise<ActivityResponse[]> {
    const rows = await reader.rows<ActivityRow>(PAGE_OF_LEAD, [leadId, after?.occurredAt, after?.id, limit]);
    return rows.map(toResponse);
  }
}

const PAGE_OF_LEAD = `
  select id, kind, name, occurred_at, received_at, channel, bot, detail from activities
  where lead_id = $1 and ($2::timestamptz is null or (occurred_at, id) < ($2, $3::uuid))
  order by occurred_at desc, id desc limit $4`;

const NIL = '00000000-0000-0000-0000-000000000000';

interface Appended {
  readonly data: ActivityRecordedV1;
  readonly at: number;
  readonly leadId: string | null;
}

const appended = rowLists<Appended>([
  { name: 'id', type: 'uuid', of: ({ data }) => data.activityId },
  { name: 'lead_id', type: 'uuid', of: ({ leadId }) => leadId },
  { name: 'occurred_at', type: 'instant', of: ({ at }) => at },
  { name: 'received_at', type: 'instant', of: ({ data }) => Date.parse(data.receivedAt) },
  { name: 'source_id', type: 'text', of: ({ data }) => data.sourceId },
  { name: 'message_id', type: 'text', of: ({ data }) => data.messageId },
  { name: 'kind', type: 'text', of: ({ data }) => data.kind },
  { name: 'name', type: 'text', of: ({ data }) => data.name },
  { name: 'channel', type: 'text', of: ({ data }) => data.channel },
  { name: 'bot', type: 'boolean', of: ({ data }) => data.bot },
  { name: 'detail', type: 'jsonb', of: ({ data }) => detailOf(data) },
]);

const APPEND = `insert into activities (${appended.names}) ${appended.select}`;

const HISTORY = `
  select id, lead_id, occurred_at, source_id, kind, name, channel, bot, detail - 'traits' as detail
  from activities
  where lead_id = any($1::uuid[]) and not bot and (lead_id, occurred_at, id) > ($2::uuid, $3::timestamptz, $4::uuid)
  order by lead_id, occurred_at, id limit $5`;

/** Identifiers are not repeated here: they have one place. */
const detailOf = (data: ActivityRecordedV1): Detail => {
  const { email: _, ...traits } = data.traits;
  return {
    ...(isEmpty(data.properties) ? {} : { properties: data.properties }),
    ...(isEmpty(traits) ? {} : { traits }),
    ...(data.campaign ? { campaign: data.campaign } : {}),
    ...(data.pageUrl === undefined ? {} : { pageUrl: data.pageUrl }),
    ...(data.referrer === undefined ? {} : { referrer: data.referrer }),
    ...(data.marketingConsent === undefined ? {} : { consent: data.marketingConsent }),
  };
};

const isEmpty = (object: object): boolean => {
  for (const _ in object) return false;
  return true;
};

const fromRow = (row: ActivityRow): Past => ({
  id: row.id,
  leadId: row.lead_id,
  kind: row.kind,
  name: row.name,
  channel: row.channel,
  sourceId: row.source_id,
  properties: row.detail.properties ?? {},
  campaign: row.detail.campaign,
  pageUrl: row.detail.pageUrl,
  bot: row.bot,
  at: row.occurred_at.getTime(),
});

const toResponse = (row: ActivityRow): ActivityResponse => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  occurredAt: row.occurred_at.toISOString(),
  receivedAt: row.received_at.toISOString(),
  channel: row.channel,
  campaign: row.detail.campaign ?? null,
  properties: row.detail.properties ?? {},
  pageUrl: row.detail.pageUrl ?? null,
  bot: row.bot,
});
