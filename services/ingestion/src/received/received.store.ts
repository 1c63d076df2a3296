import { Database, type Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { withoutErased } from '../erasure/erased-identifiers.store.js';
import type { CountedDay, KeptRequest, Recorded } from './request-recorder.cache.js';

/** Requests kept of a source, newest first. */
export const MAX_REQUESTS_PER_SOURCE = 100;
export const MAX_REFUSED_PER_SOURCE = 1_000;
const RETENTION_DAYS = 30;
const COUNT_RETENTION_DAYS = 400;

/** A refused message of a request whose other messages were accepted. */
export interface RefusedMessage {
  readonly sourceId: string;
  readonly receivedAt: Date;
  readonly endpoint: string;
  readonly pointer: string;
  readonly detail: string;
  readonly message: string;
}

/** An event of a kept request that is a person's after all. */
export interface Correction {
  readonly sourceId: string;
  /** Of the request. */
  readonly id: string;
  /** Its place in the request. */
  readonly entry: number;
  /** As which it is published again. */
  readonly activityId: string;
}

export interface DayTotal {
  readonly sourceId: string;
  readonly day: string;
  readonly acceptedEvents: number;
}

const COUNTS = [
  ['requests', 'requests'],
  ['accepted_requests', 'acceptedRequests'],
  ['refused_requests', 'refusedRequests'],
  ['limited_requests', 'limitedRequests'],
  ['failed_requests', 'failedRequests'],
  ['accepted_events', 'acceptedEvents'],
  ['held_events', 'heldEvents'],
  ['released_events', 'releasedEvents'],
  ['erased_events', 'erasedEvents'],
  ['refused_events', 'refusedEvents'],
  ['flagged_events', 'flaggedEvents'],
] as const;
const COLUMNS = COUNTS.map(([column]) => column);

/** Writes what was received. */
@Injectable()
export class ReceivedStore {
  constructor(private readonly database: Database) {}

  /** Adds counts and kept requests; the totals of the days after it. */
  write({ requests, days }: Recorded): Promise<DayTotal[]> {
    return this.database.transaction(async (tx) => {
      const kept = await withoutErased(tx, requests, ({ entriesJson, detail }) => [
        entriesJson,
        detail ?? '',
      ]);
      if (kept.length > 0) await this.insertRequests(tx, kept);
      return days.length > 0 ? this.addCounts(tx, days) : [];
    });
  }

  private async insertRequests(tx: Transaction, requests: readonly KeptRequest[]): Promise<void> {
    await tx.rows(
      `insert into received_requests
         (source_id, received_at, endpoint, status, user_agent, accepted, refused, flagged, detail, entries)
       select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[], $5::text[], $6::int[], $7::int[],
         $8::int[], $9::text[], $10::jsonb[])`,
      [
        requests.map(({ sourceId }) => sourceId),
        requests.map(({ receivedAt }) => receivedAt),
        requests.map(({ endpoint }) => endpoint),
        requests.map(({ status }) => status),
        requests.map(({ userAgent }) => userAgent ?? null),
        requests.map(({ acceptedEvents, heldEvents }) => acceptedEvents + heldEvents),
        requests.map(({ refusedEvents }) => refusedEvents),
        requests.map(({ flaggedEvents }) => flaggedEvents),
        requests.map(({ detail }) => detail ?? null),
        requests.map(({ entriesJson }) => entriesJson),
      ],
    );
    const sources = [...new Set(requests.map(({ sourceId }) => sourceId))];
    await tx.rows(
      `delete from received_requests using unnest($1::text[]) as s(source)
       where source_id = source and id <= (
         select id from received_requests where source_id = source order by id desc offset $2 limit 1)`,
      [sources, MAX_REQUESTS_PER_SOURCE],
    );
  }

  private addCounts(tx: Transaction, days: readonly CountedDay[]): Promise<DayTotal[]> {
    // Sorted, so that processes take the locks of the rows in one order.
    const sorted = [...days].sort((a, b) => (`${a.sourceId}\n${a.day}` < `${b.sourceId}\n${b.day}` ? -1 : 1));
    return tx.rows<DayTotal>(
      `insert into received_counts as known (source_id, day, last_event_at, ${COLUMNS.join(', ')})
       select * from unnest($1::text[], $2::date[], $3::timestamptz[]${COLUMNS.map((_, index) => `, $${index + 4}::bigint[]`).join('')})
       on conflict (source_id, day) do update set
         last_event_at = greatest(known.last_event_at, excluded.last_event_at),
         ${COLUMNS.map((column) => `${column} = known.${column} + excluded.${column}`).join(', ')}
       returning source_id as "sourceId", day::text, accepted_events::float8 as "acceptedEvents"`,
      [
        sorted.map(({ sourceId }) => sourceId),
        sorted.map(({ day }) => day),
        sorted.map(({ lastEventAt }) => lastEventAt ?? null),
        ...COUNTS.map(([, name]) => sorted.map(({ counts }) => counts[name])),
      ],
    );
  }

  /** Keeps refused messages of persons who are not erased; resolves when they are durable. */
  async keepRefused(messages: readonly RefusedMessage[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      const kept = await withoutErased(tx, messages, ({ message, detail }) => [message, detail]);
      await tx.rows(
        `insert into refused_messages (source_id, received_at, endpoint, pointer, detail, message)
       select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[])`,
        [
          kept.map(({ sourceId }) => sourceId),
          kept.map(({ receivedAt }) => receivedAt),
          kept.map(({ endpoint }) => endpoint),
          kept.map(({ pointer }) => pointer),
          kept.map(({ detail }) => detail),
          kept.map(({ message }) => message),
        ],
      );
    });
  }

  /** Publishes an event of a request, flagged as a robot's, again as a person's, and keeps that it was. */
  async keepCorrected(
    { sourceId, id, entry, activityId }: Correction,
    publish: (tx: Transaction) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await publish(tx);
      await tx.rows(
        `update received_requests set
           flagged = flagged - case when entries #> array[$3, 'personActivityId'] is null then 1 else 0 end,
           entries = jsonb_set(entries, array[$3, 'personActivityId'], to_jsonb($4::text))
         where source_id = $1 and id = $2`,
        [sourceId, id, String(entry), activityId],
      );
    });
  }

  /** Totals of the sources' counts since a day, to know the quotas after a start. */
  totalsOn(day: string): Promise<DayTotal[]> {
    return this.database.rows<DayTotal>(
      `select source_id as "sourceId", day::text, accepted_events::float8 as "acceptedEvents"
       from received_counts where day = $1`,
      [day],
    );
  }

  /** Deletes what is over the limits of number and age. */
  async deleteOld(now: Date): Promise<void> {
    await this.database.rows(
      `delete from refused_messages using sources
       where source_id = sources.id and (received_at < $1 or refused_messages.id <= (
         select id from refused_messages newest where newest.source_id = sources.id order by id desc offset $2 limit 1))`,
      [new Date(now.getTime() - RETENTION_DAYS * 86_400_000), MAX_REFUSED_PER_SOURCE],
    );
    await this.database.rows('delete from received_requests where received_at < $1', [
      new Date(now.getTime() - RETENTION_DAYS * 86_400_000),
    ]);
    await this.database.rows('delete from received_counts where day < $1', [
      new Date(now.getTime() - COUNT_RETENTION_DAYS * 86_400_000),
    ]);
  }
}
