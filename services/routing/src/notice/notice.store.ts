import { Database, type Transaction } from '@baton/bus';
import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { toIso, type Instant } from '../policy/duration.js';
import type { Channel, Delivery, DeliveryResult, DeliveryState } from './delivery.js';

/** Deliveries one round begins with; digests add what else waits for the same receivers. */
const MAX_CLAIMED = 50;
/** Days that deliveries are kept. */
const KEPT_DAYS = 90;
/** A process that was killed while it sent holds its deliveries back for so long, ms. */
const LEASE_MS = 90_000;

export interface DeliveryLogEntry extends Omit<Delivery, 'body'> {
  readonly state: DeliveryState;
  readonly sentAt: Instant | null;
  readonly status: number | null;
  readonly error: string | null;
}

export interface InAppNotice {
  readonly id: string;
  readonly body: object;
  readonly createdAt: Instant;
  readonly read: boolean;
}

export interface AfterDelivery {
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  readonly id: string;
}

export interface DeliveryFilter {
  readonly channel?: Channel | undefined;
  readonly receiver?: string | undefined;
  readonly state?: DeliveryState | undefined;
}

/** The outbox of notices, which is their delivery log too. */
@Injectable()
export class NoticeStore {
  constructor(
    private readonly database: Database,
    private readonly reads: ReadDatabase,
  ) {}

  /** Adds deliveries; those that exist already, by id, change nothing. Notices in the app are delivered by being stored. */
  async add(tx: Transaction, deliveries: readonly Delivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    await tx.rows(
      `insert into notice_deliveries (id, channel, receiver, kind, body, created_at, next_at, state, sent_at)
       select id, channel, receiver, kind, body, created_at, next_at,
         case channel when 'in-app' then 'sent' else 'waiting' end, case channel when 'in-app' then created_at end
       from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::jsonb[], $6::timestamptz[], $7::timestamptz[])
         as d (id, channel, receiver, kind, body, created_at, next_at)
       on conflict do nothing`,
      [
        deliveries.map(({ id }) => id),
        deliveries.map(({ channel }) => channel),
        deliveries.map(({ receiver }) => receiver),
        deliveries.map(({ kind }) => kind),
        deliveries.map(({ body }) => JSON.stringify(body)),
        deliveries.map(({ createdAt }) => toIso(createdAt)),
        deliveries.map(({ nextAt }) => toIso(nextAt)),
      ],
    );
  }

  /**
   * Claims what is due. With a due e-mail or Slack message everything else that waits for its first try to the same receiver is claimed,
   * so that it becomes one message. One process claims at a time; sending needs no lock.
   */
  async claim(now: Instant): Promise<Delivery[]> {
    return this.database.transaction(async (tx) => {
      await tx.rows(`select pg_advisory_xact_lock(hashtext('notice-deliveries'))`);
      const rows = await tx.rows<DeliveryRow>(
        `with due as (
           select id, channel, receiver from notice_deliveries
           where state = 'waiting' and next_at <= $1 order by next_at, id limit $3
         )
         update notice_deliveries d set next_at = $2, attempts = attempts + 1
         where state = 'waiting' and (id in (select id from due) or (
           attempts = 0 and channel in ('email', 'slack')
           and exists (select from due where due.channel = d.channel and due.receiver = d.receiver)))
         returning id, channel, receiver, kind, body, created_at, next_at, attempts`,
        [toIso(now), toIso(now + LEASE_MS), MAX_CLAIMED],
      );
      return rows.map((row) => ({ ...fromRow(row), body: row.body }));
    });
  }

  async settle(ids: readonly string[], result: DeliveryResult, now: Instant): Promise<void> {
    await this.database.rows(
      `update notice_deliveries set state = $2, next_at = $3, last_status = $4, last_error = $5,
         sent_at = case when $2 = 'sent' then $6::timestamptz else sent_at end
       where id = any($1::uuid[])`,
      [ids, result.state, toIso(result.nextAt), result.status, result.error, toIso(now)],
    );
  }

  /** Sends it once more, now, whatever became of it. @returns whether there is such a delivery */
  async replay(id: string, now: Instant): Promise<boolean> {
    const rows = await this.database.rows(
      `with replayed as (
         update notice_deliveries set state = 'waiting', next_at = $2, attempts = 0
         where id = $1 and channel <> 'in-app' returning id
       ) select id from replayed`,
      [id, toIso(now)],
    );
    return rows.length > 0;
  }

  /** Newest first. */
  async log(
    filter: DeliveryFilter,
    { limit, after }: { readonly limit: number; readonly after?: AfterDelivery | undefined },
  ): Promise<DeliveryLogEntry[]> {
    const rows = await this.reads.rows<LogRow>(
      `select * from notice_deliveries
       where channel <> 'in-app' and ($1::text is null or channel = $1) and ($2::uuid is null or receiver = $2)
         and ($3::text is null or state = $3) and ($4::timestamptz is null or (created_at, id) < ($4, $5::uuid))
       order by created_at desc, id desc limit $6`,
      [filter.channel, filter.receiver, filter.state, after?.createdAt, after?.id, limit],
    );
    return rows.map((row) => ({
      ...fromRow(row),
      state: row.state,
      sentAt: row.sent_at?.getTime() ?? null,
      status: row.last_status,
      error: row.last_error,
    }));
  }

  /** The notices of a person in the app, newest first. */
  async inApp(
    userId: string,
    { limit, after }: { readonly limit: number; readonly after?: AfterDelivery | undefined },
  ): Promise<InAppNotice[]> {
    const rows = await this.reads.rows<LogRow>(
      `select * from notice_deliveries
       where channel = 'in-app' and receiver = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
       order by created_at desc, id desc limit $4`,
      [userId, after?.createdAt, after?.id, limit],
    );
    return rows.map(({ id, body, created_at, read_at }) => ({
      id,
      body,
      createdAt: created_at.getTime(),
      read: read_at !== null,
    }));
  }

  async unread(userId: string): Promise<number> {
    const [row] = await this.reads.rows<{ count: number }>(
      `select count(*)::integer from notice_deliveries where channel = 'in-app' and receiver = $1 and read_at is null`,
      [userId],
    );
    return row!.count;
  }

  /** Deletes deliveries and used links after `KEPT_DAYS`. */
  async deleteOld(now: Instant): Promise<void> {
    const before = toIso(now - KEPT_DAYS * 86_400_000);
    await this.database.rows('delete from notice_deliveries where created_at < $1', [before]);
    await this.database.rows('delete from used_links where used_at < $1', [before]);
  }

  /** All notices of a person are read, or the one with this id. */
  async markRead(userId: string, now: Instant, id?: string): Promise<void> {
    await this.database.rows(
      `update notice_deliveries set read_at = $2 where channel = 'in-app' and receiver = $1 and read_at is null
         and ($3::uuid is null or id = $3)`,
      [userId, toIso(now), id],
    );
  }
}

interface DeliveryRow {
  readonly id: string;
  readonly channel: Channel;
  readonly receiver: string;
  readonly kind: string;
  readonly body: object;
  readonly created_at: Date;
  readonly next_at: Date;
  readonly attempts: number;
}

interface LogRow extends DeliveryRow {
  readonly state: DeliveryState;
  readonly sent_at: Date | null;
  readonly read_at: Date | null;
  readonly last_status: number | null;
  readonly last_error: string | null;
}

const fromRow = ({ id, channel, receiver, kind, created_at, next_at, attempts }: DeliveryRow) => ({
  id,
  channel,
  receiver,
  kind,
  createdAt: created_at.getTime(),
  nextAt: next_at.getTime(),
  attempts,
});
