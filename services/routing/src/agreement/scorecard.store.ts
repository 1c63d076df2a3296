import type { Queryable } from '@baton/bus';
import type { CalendarPeriod } from '@baton/calendar';
import { ReadDatabase, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { handoffVisibleTo } from '../handoff/handoff-visibility.store.js';
import { toIso, type Instant } from '../policy/duration.js';
import { CLAUSES, type Clause } from './clause.js';
import type { EntrySide } from './ledger-entry.js';
import type { ClauseCounts } from './scorecard.js';

export interface EntryRow {
  readonly id: string;
  readonly handoffId: string;
  readonly leadId: string;
  readonly seller: string | null;
  readonly segment: string;
  readonly side: EntrySide;
  readonly agreementId: string;
  readonly at: Date;
  readonly detail: string;
}

export interface EntryFilter {
  readonly clause: Clause;
  readonly segment?: string | undefined;
  readonly side?: EntrySide | undefined;
}

/** The last entry of the page before. */
export interface AfterEntry {
  readonly at: string;
  readonly id: string;
}

/** Queries of the ledger. */
@Injectable()
export class ScorecardStore {
  constructor(private readonly database: ReadDatabase) {}

  /** What the ledger has in a period, and what is due in the rest of it. */
  async counts(
    { start, end }: CalendarPeriod,
    now: Instant,
    reader: Queryable = this.database,
  ): Promise<ClauseCounts[]> {
    return reader.rows<ClauseCounts>(
      `select segment, clause, sum(credits)::integer as credits, sum(debits)::integer as debits,
         sum(open)::integer as open, sum(overdue)::integer as overdue
       from (
         select segment, clause, count(*) filter (where side = 'credit') as credits,
           count(*) filter (where side = 'debit') as debits, 0 as open, 0 as overdue
         from ledger_entries where clause = any ($1::text[]) and at >= $2 and at < $3 group by 1, 2
         union all
         select segment, due.clause, 0, 0, count(*) filter (where due."dueAt" > $4 and due."dueAt" < $5),
           count(*) filter (where due."dueAt" <= $4 and due."dueAt" < $5)
         from agreement_terms cross join lateral jsonb_to_recordset(open) as due (clause text, "dueAt" bigint)
         where open <> '[]' group by 1, 2
       ) counted group by 1, 2`,
      [CLAUSES, toIso(start), toIso(end), now, end],
    );
  }

  /** Newest first; only entries of hand-offs that the user sees. */
  async entries(
    user: User,
    { clause, segment, side }: EntryFilter,
    { start, end }: CalendarPeriod,
    { limit, after }: { readonly limit: number; readonly after?: AfterEntry | undefined },
  ): Promise<EntryRow[]> {
    const values: unknown[] = [];
    const bind = (value: unknown): string => `$${values.push(value)}`;
    const conditions = [
      `clause = ${bind(clause)}`,
      `at >= ${bind(toIso(start))}`,
      `at < ${bind(toIso(end))}`,
      handoffVisibleTo(user, bind),
    ];
    if (segment !== undefined) conditions.push(`segment = ${bind(segment)}`);
    if (side !== undefined) conditions.push(`side = ${bind(side)}`);
    if (after)
      conditions.push(
        `(at, ledger_entries.id) < (${bind(after.at)}::timestamptz, ${bind(after.id)}::bigint)`,
      );
    return this.database.rows<EntryRow>(
      `select ledger_entries.id::text as id, handoff_id as "handoffId", lead_id as "leadId",
         state -> 'seller' ->> 'name' as seller, segment, side, agreement_id as "agreementId", at, detail
       from ledger_entries join handoffs on handoffs.id = handoff_id
       where ${conditions.join(' and ')} order by at desc, ledger_entries.id desc limit ${bind(limit)}`,
      values,
    );
  }
}
