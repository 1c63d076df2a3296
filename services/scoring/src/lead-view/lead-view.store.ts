import { Database, type Transaction } from '@baton/bus';
import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { LeadSort } from '../lead/lead-sort.js';
import type { LeadConditions } from '../lead/lead-filter.js';
import type { LeadView } from './lead-view.js';

interface Row {
  readonly id: string;
  readonly owner_id: string;
  readonly owner_name: string;
  readonly name: string;
  readonly shared: boolean;
  readonly conditions: LeadConditions;
  readonly sort: LeadSort;
  readonly saved_at: Date;
}

/** How many views there are beside one. */
export interface ViewCounts {
  readonly own: number;
  readonly shared: number;
  /** Of the same owner under the same name. */
  readonly sameName: number;
}

@Injectable()
export class LeadViewStore {
  constructor(
    private readonly reader: ReadDatabase,
    private readonly database: Database,
  ) {}

  /** What a user sees, by name; {@link MAX_OWN_VIEWS} and {@link MAX_SHARED_VIEWS} bound it. */
  async seenBy(userId: string): Promise<LeadView[]> {
    const rows = await this.reader.rows<Row>(
      'select * from lead_views where owner_id = $1 or shared order by lower(name), id',
      [userId],
    );
    return rows.map(fromRow);
  }

  /** Runs a change; one at a time, so that what was counted stays true. */
  change<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.database.transaction(async (tx) => {
      await tx.rows('lock table lead_views in share row exclusive mode');
      return work(tx);
    });
  }

  async find(tx: Transaction, id: string): Promise<LeadView | undefined> {
    const [row] = await tx.rows<Row>('select * from lead_views where id = $1', [id]);
    return row && fromRow(row);
  }

  async countBeside(tx: Transaction, { id, owner, name }: LeadView): Promise<ViewCounts> {
    const [counts] = await tx.rows<ViewCounts>(
      `select count(*) filter (where owner_id = $2)::integer as own,
         count(*) filter (where shared)::integer as shared,
         count(*) filter (where owner_id = $2 and lower(name) = lower($3))::integer as "sameName"
       from lead_views where id <> $1`,
      [id, owner.id, name],
    );
    return counts!;
  }

  async save(tx: Transaction, view: LeadView): Promise<void> {
    await tx.rows(
      `insert into lead_views (id, owner_id, owner_name, name, shared, conditions, sort, saved_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (id) do update set owner_name = excluded.owner_name, name = excluded.name, shared = excluded.shared,
         conditions = excluded.conditions, sort = excluded.sort, saved_at = excluded.saved_at`,
      [
        ...[view.id, view.owner.id, view.owner.name, view.name, view.shared],
        ...[JSON.stringify(view.conditions), view.sort, view.savedAt.toISOString()],
      ],
    );
  }

  async delete(tx: Transaction, id: string): Promise<void> {
    await tx.rows('delete from lead_views where id = $1', [id]);
  }
}

const fromRow = ({ owner_id, owner_name, saved_at, ...row }: Row): LeadView => ({
  ...row,
  owner: { id: owner_id, name: owner_name },
  savedAt: saved_at,
});
