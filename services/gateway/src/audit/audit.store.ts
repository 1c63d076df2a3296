import { Database } from '@baton/bus';
import { ReadDatabase, type Changes } from '@baton/platform';
import { Injectable } from '@nestjs/common';

/** One recorded request. */
export interface AuditEntry {
  readonly at: Date;
  /** Absent when nobody could be identified. */
  readonly actorId: string | undefined;
  readonly actorName: string | undefined;
  readonly actorRole: string | undefined;
  readonly action: string;
  readonly objectId: string | undefined;
  readonly status: number;
  readonly address: string;
  readonly traceId: string | undefined;
  readonly changes: Changes | undefined;
}

export interface StoredAuditEntry {
  readonly id: string;
  readonly at: Date;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly actorRole: string | null;
  readonly action: string;
  readonly objectId: string | null;
  readonly status: number;
  readonly address: string;
  readonly traceId: string | null;
  readonly changes: Changes | null;
}

export interface AuditFilter {
  readonly actorId?: string | undefined;
  readonly objectId?: string | undefined;
  /** A part of the action. */
  readonly action?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

export interface AuditPosition {
  readonly at: string;
  readonly id: string;
}

const MONTHS_AHEAD = 12;

/** The audit log: rows are inserted and read. The database refuses to change or delete them; old months are dropped whole. */
@Injectable()
export class AuditStore {
  constructor(
    private readonly database: Database,
    private readonly reads: ReadDatabase,
  ) {}

  async add(entries: readonly AuditEntry[]): Promise<void> {
    await this.database.rows(
      `insert into audit_entries (at, actor_id, actor_name, actor_role, action, object_id, status, address, trace_id, changes)
       select * from unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[],
         $8::text[], $9::text[], $10::json[])`,
      [
        entries.map(({ at }) => at),
        entries.map(({ actorId }) => actorId ?? null),
        entries.map(({ actorName }) => actorName ?? null),
        entries.map(({ actorRole }) => actorRole ?? null),
        entries.map(({ action }) => action),
        entries.map(({ objectId }) => objectId ?? null),
        entries.map(({ status }) => status),
        entries.map(({ address }) => address),
        entries.map(({ traceId }) => traceId ?? null),
        entries.map(({ changes }) => (changes ? JSON.stringify(changes) : null)),
      ],
    );
  }

  /** Newest first, those before a position. */
  page(filter: AuditFilter, before: AuditPosition | undefined, limit: number): Promise<StoredAuditEntry[]> {
    return this.reads.rows<StoredAuditEntry>(
      `select e.id::text, e.at, e.actor_id as "actorId", e.actor_name as "actorName", e.actor_role as "actorRole", e.action,
         e.object_id as "objectId", e.status, e.address, e.trace_id as "traceId", e.changes
       from audit_entries e
       where ($1::text is null or e.actor_id = $1) and ($2::text is null or e.object_id = $2)
         and ($3::text is null or strpos(e.action, $3) > 0)
         and ($4::timestamptz is null or e.at >= $4) and ($5::timestamptz is null or e.at < $5)
         and ($6::timestamptz is null or (e.at, e.id) < ($6, $7::bigint))
       order by e.at desc, e.id desc limit $8`,
      [
        filter.actorId ?? null,
        filter.objectId ?? null,
        filter.action ?? null,
        filter.from ?? null,
        filter.to ?? null,
        before?.at ?? null,
        before?.id ?? null,
        limit,
      ],
    );
  }

  /** Creates the months to come, and drops those that ended before `oldest`. */
  async keepMonths(now: Date, oldest: Date): Promise<void> {
    await this.database.transaction(async (tx) => {
      // Processes that start at the same time would create the same month twice.
      await tx.rows(`select pg_advisory_xact_lock(hashtext(current_schema() || '.audit_entries'))`);
      for (let month = 0; month <= MONTHS_AHEAD; month += 1) {
        const from = monthOf(now, month);
        await tx.rows(
          `create table if not exists ${tableOf(from)} partition of audit_entries
           for values from ('${from.toISOString()}') to ('${monthOf(now, month + 1).toISOString()}')`,
        );
      }
      const tables = await tx.rows<{ name: string }>(
        `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_entries'::regclass`,
      );
      const first = tableOf(monthOf(oldest, 0));
      for (const { name } of tables) if (name < first) await tx.rows(`drop table ${name}`);
    });
  }
}

const monthOf = (time: Date, months: number): Date =>
  new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + months));

/** Names sort as their months do. */
const tableOf = (month: Date): string => `audit_entries_${month.toISOString().slice(0, 7).replace('-', '_')}`;
