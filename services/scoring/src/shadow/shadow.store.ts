import { Database, type Queryable, type Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { unnestInsert, type Column, type ColumnType } from '../activity/unnest-insert.js';
import type { ReplayedLead } from '../backtest/replayed-lead.js';

/** A draft that runs in shadow, or ran last; instants are ms since 1970. */
export interface Shadow {
  readonly id: string;
  /** At least one of the two; instead of the other the active definition is used. */
  readonly scoringModelId: string | null;
  readonly funnelId: string | null;
  readonly startedBy: string;
  readonly startedAt: number;
  readonly stoppedAt: number | null;
}

/** The shadow, the leads that changed since they were evaluated for it, and how they are by both definitions. */
@Injectable()
export class ShadowStore {
  constructor(private readonly database: Database) {}

  /** The one that runs, or the one that ran last. */
  async latest(reader: Queryable = this.database): Promise<Shadow | undefined> {
    const [row] = await reader.rows<Row>('select * from shadows order by started_at desc limit 1');
    return row && fromRow(row);
  }

  /** Starts a shadow, without the results of the one before. @returns undefined while one runs */
  async start(
    tx: Transaction,
    { scoringModelId, funnelId, startedBy }: Pick<Shadow, 'scoringModelId' | 'funnelId' | 'startedBy'>,
    now: Date,
  ): Promise<Shadow | undefined> {
    await tx.rows('delete from shadows where stopped_at is not null');
    const [row] = await tx.rows<Row>(
      `insert into shadows (id, scoring_model_id, funnel_id, started_by, started_at)
       values ($1, $2, $3, $4, $5) on conflict do nothing returning *`,
      [randomUUID(), scoringModelId, funnelId, startedBy, now.toISOString()],
    );
    if (!row) return undefined;
    await tx.rows('delete from shadow_changes');
    await tx.rows('delete from shadow_leads');
    return fromRow(row);
  }

  /** Stops the shadow that runs; its results stay. */
  async stop(tx: Transaction, now: Date): Promise<void> {
    await tx.rows('update shadows set stopped_at = $1 where stopped_at is null', [now.toISOString()]);
    await tx.rows('delete from shadow_changes');
  }

  /**
   * Takes leads that changed, longest ago first. What this transaction takes has been committed, so the histories read after it have the
   * changes; changes that are committed meanwhile stay for the next time.
   */
  async takeChanged(tx: Transaction, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ lead_id: string }>(
      `with oldest as (select lead_id from shadow_changes order by number limit $1)
       delete from shadow_changes where lead_id in (select lead_id from oldest) returning lead_id`,
      [limit],
    );
    return [...new Set(rows.map(({ lead_id }) => lead_id))];
  }

  /** Replaces what is known about these leads; those without a result, because they were merged, are removed. */
  async save(
    tx: Transaction,
    ids: readonly string[],
    leads: readonly ReplayedLead[],
    now: number,
  ): Promise<void> {
    await tx.rows('delete from shadow_leads where lead_id = any($1::uuid[])', [ids]);
    await tx.rows(`insert into shadow_leads (${insert.names}) ${insert.select}`, [
      ...insert.values(leads.map((lead) => ({ ...lead, now }))),
    ]);
  }
}

interface Row {
  readonly id: string;
  readonly scoring_model_id: string | null;
  readonly funnel_id: string | null;
  readonly started_by: string;
  readonly started_at: Date;
  readonly stopped_at: Date | null;
}

const fromRow = (row: Row): Shadow => ({
  id: row.id,
  scoringModelId: row.scoring_model_id,
  funnelId: row.funnel_id,
  startedBy: row.started_by,
  startedAt: row.started_at.getTime(),
  stoppedAt: row.stopped_at?.getTime() ?? null,
});

type Evaluated = ReplayedLead & { readonly now: number };

const column = (name: string, type: ColumnType, of: (lead: Evaluated) => unknown): Column<Evaluated> => ({
  name,
  type,
  of,
});

const insert = unnestInsert<Evaluated>([
  column('lead_id', 'uuid', ({ id }) => id),
  column('evaluated_at', 'instant', ({ now }) => now),
  ...(['draft', 'active'] as const).flatMap((side) => [
    column(`${side}_points`, 'float8', (lead) => lead[side].points),
    column(`${side}_ready`, 'boolean', (lead) => lead[side].isReady),
    column(`${side}_first_ready_at`, 'instant', (lead) => lead[side].firstReadyAt),
  ]),
]);
