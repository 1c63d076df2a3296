import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { toIso } from '../policy/duration.js';
import { decisionOf, isOpen, type Handoff } from './handoff.js';
import type { HistoryEntry } from './history-entry.js';
import { fromStored, toStored } from './stored-handoff.js';

/** The hand-offs of a lead so far. */
export interface LeadHandoffs {
  readonly hasOpen: boolean;
  /** The sellers who rejected the lead. */
  readonly rejectedBy: readonly string[];
}

export interface WaitingFilter {
  readonly team: string;
  /** Only hand-offs that at least one of these sellers may be offered. */
  readonly sellers: readonly string[];
  readonly limit: number;
}

/** Hand-offs as transactions lock and change them. */
@Injectable()
export class HandoffStore {
  /** The hand-off, locked; waits for a transaction that holds it. */
  async lock(tx: Transaction, id: string): Promise<Handoff | undefined> {
    const [row] = await tx.rows<StateRow>('select state from handoffs where id = $1 for update', [id]);
    return row && fromStored(row.state);
  }

  /** Locks those that no other transaction holds, without waiting; `busy`: the ids of the others. */
  async lockAvailable(
    tx: Transaction,
    ids: readonly string[],
  ): Promise<{ handoffs: Handoff[]; busy: string[] }> {
    const rows = await tx.rows<StateRow>(
      'select state from handoffs where id = any($1::uuid[]) order by id for update skip locked',
      [ids],
    );
    const handoffs = rows.map(({ state }) => fromStored(state));
    const locked = new Set(handoffs.map(({ id }) => id));
    const missing = ids.filter((id) => !locked.has(id));
    if (missing.length === 0) return { handoffs, busy: [] };
    const busy = await tx.rows<{ id: string }>('select id from handoffs where id = any($1::uuid[])', [
      missing,
    ]);
    return { handoffs, busy: busy.map(({ id }) => id) };
  }

  /** The oldest waiting hand-offs, locked, without those that another transaction holds. */
  async lockWaiting(tx: Transaction, { team, sellers, limit }: WaitingFilter): Promise<Handoff[]> {
    const rows = await tx.rows<StateRow>(
      `select state from handoffs
       where status = 'waiting' and team = $1
         and exists (select from unnest($2::text[]) as seller where not (state -> 'avoid') ? seller)
       order by opened_at, id limit $3 for update skip locked`,
      [team, sellers, limit],
    );
    return rows.map(({ state }) => fromStored(state));
  }

  /** By lead; leads without hand-offs are missing. */
  async ofLeads(tx: Transaction, leadIds: readonly string[]): Promise<Map<string, LeadHandoffs>> {
    const rows = await tx.rows<LeadRow>(
      `select lead_id, bool_or(closed_at is null) as has_open,
         coalesce(array_agg(distinct seller_id) filter (where status = 'rejected'), '{}') as rejected_by
       from handoffs where lead_id = any($1::uuid[]) group by lead_id`,
      [leadIds],
    );
    return new Map(rows.map((row) => [row.lead_id, { hasOpen: row.has_open, rejectedBy: row.rejected_by }]));
  }

  /** Inserts or updates, in one statement for a batch that has both, and keeps who was offered each lead. */
  async save(tx: Transaction, handoffs: readonly Handoff[]): Promise<void> {
    if (handoffs.length === 0) return;
    await tx.rows(
      `with offered as (
         insert into lead_sellers (seller_id, lead_id)
         select distinct seller_id, lead_id from unnest($2::uuid[], $4::uuid[]) as offer (lead_id, seller_id)
         where seller_id is not null order by 1, 2 on conflict do nothing
       )
       insert into handoffs (id, lead_id, team, seller_id, status, opened_at, closed_at, state)
       select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[],
         $7::timestamptz[], $8::jsonb[])
       on conflict (id) do update set
         team = excluded.team, seller_id = excluded.seller_id, status = excluded.status,
         closed_at = excluded.closed_at, state = excluded.state`,
      [
        handoffs.map(({ id }) => id),
        handoffs.map(({ leadId }) => leadId),
        handoffs.map(({ team }) => team),
        handoffs.map(({ seller }) => seller?.id ?? null),
        handoffs.map(({ status }) => status),
        handoffs.map(({ openedAt }) => toIso(openedAt)),
        handoffs.map(closedAtOf),
        handoffs.map((handoff) => JSON.stringify(toStored(handoff))),
      ],
    );
  }

  async addHistory(
    tx: Transaction,
    entries: readonly (HistoryEntry & { readonly handoffId: string })[],
  ): Promise<void> {
    if (entries.length === 0) return;
    await tx.rows(
      `insert into handoff_history (handoff_id, type, at, detail)
       select handoff_id, type, at, detail
       from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[])
         with ordinality as e (handoff_id, type, at, detail, n) order by n`,
      [
        entries.map(({ handoffId }) => handoffId),
        entries.map(({ type }) => type),
        entries.map(({ at }) => toIso(at)),
        entries.map(({ detail }) => detail),
      ],
    );
  }
}

interface StateRow {
  readonly state: object;
}

interface LeadRow {
  readonly lead_id: string;
  readonly has_open: boolean;
  readonly rejected_by: string[];
}

const closedAtOf = (handoff: Handoff): string | null => {
  const decision = decisionOf(handoff);
  return isOpen(handoff) || !decision ? null : toIso(decision.at);
};
