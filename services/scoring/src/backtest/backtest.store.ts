import { Database } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { BacktestResult } from './backtest-totals.js';

/** A backtest as it is kept; times are ms since 1970. */
export interface Backtest {
  readonly id: string;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly requestedBy: string;
  readonly requestedAt: number;
  readonly leads: { readonly done: number; readonly total: number };
  readonly activities: number;
  readonly result: BacktestResult | null;
  readonly fault: string | null;
}

export interface Progress {
  readonly leads: number;
  readonly total: number;
  readonly activities: number;
}

/** Max backtests at a time, of all processes. */
export const MAX_RUNNING = 2;
/** Without a sign of progress for so long, the process that ran it has ended. */
const LOST_AFTER_MS = 60_000;
/** Results that are kept. */
const MAX_KEPT = 100;

/** Backtests of all processes: any of them answers for any backtest, and cancels it. */
@Injectable()
export class BacktestStore {
  constructor(private readonly database: Database) {}

  /** The id of a new backtest; null when too many are running. */
  async begin(requestedBy: string, now: Date): Promise<string | null> {
    return this.database.transaction(async (tx) => {
      await tx.rows(`select pg_advisory_xact_lock(hashtext(current_schema() || '.backtests'))`);
      const running = await tx.rows(
        `select from backtests where state = 'running' and updated_at > $1 limit ${MAX_RUNNING}`,
        [lostBefore(now)],
      );
      if (running.length === MAX_RUNNING) return null;
      await tx.rows(
        `delete from backtests where id in (select id from backtests order by requested_at desc offset ${MAX_KEPT})`,
      );
      const id = randomUUID();
      await tx.rows(
        `insert into backtests (id, state, requested_by, requested_at, updated_at) values ($1, 'running', $2, $3, $3)`,
        [id, requestedBy, now.toISOString()],
      );
      return id;
    });
  }

  /** Stores the progress. @returns whether the backtest is to go on */
  async progress(id: string, { leads, total, activities }: Progress, now: Date): Promise<boolean> {
    const rows = await this.database.transaction((tx) =>
      tx.rows(
        `update backtests set leads_done = $2, leads_total = $3, activities = $4, updated_at = $5
         where id = $1 and state = 'running' returning 1`,
        [id, leads, total, activities, now.toISOString()],
      ),
    );
    return rows.length > 0;
  }

  /** Ends a running backtest: with its result, or with the fault. One that was cancelled stays so. */
  async end(id: string, { result, fault }: { result?: BacktestResult; fault?: string }): Promise<void> {
    await this.database.transaction((tx) =>
      tx.rows(
        `update backtests set state = $2, result = $3, fault = $4, leads_done = coalesce($5, leads_done)
         where id = $1 and state = 'running'`,
        [
          id,
          result ? 'done' : 'failed',
          result ? JSON.stringify(result) : null,
          fault ?? null,
          result?.leads ?? null,
        ],
      ),
    );
  }

  /** Cancels a running backtest; others are left as they are. */
  async cancel(id: string): Promise<void> {
    await this.database.transaction((tx) =>
      tx.rows(`update backtests set state = 'cancelled' where id = $1 and state = 'running'`, [id]),
    );
  }

  async find(id: string, now: Date): Promise<Backtest | undefined> {
    const [row] = await this.database.rows<Row>('select * from backtests where id = $1', [id]);
    return row && fromRow(row, lostBefore(now));
  }
}

const lostBefore = (now: Date): string => new Date(now.getTime() - LOST_AFTER_MS).toISOString();

interface Row {
  readonly id: string;
  readonly state: Backtest['state'];
  readonly requested_by: string;
  readonly requested_at: Date;
  readonly updated_at: Date;
  readonly leads_done: number;
  readonly leads_total: number;
  readonly activities: number;
  readonly result: BacktestResult | null;
  readonly fault: string | null;
}

const fromRow = (row: Row, lostBefore: string): Backtest => {
  const isLost = row.state === 'running' && row.updated_at.toISOString() < lostBefore;
  return {
    id: row.id,
    state: isLost ? 'failed' : row.state,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.getTime(),
    leads: { done: row.leads_done, total: row.leads_total },
    activities: row.activities,
    result: row.result,
    fault: isLost ? 'The process that ran it has ended; start it again.' : row.fault,
  };
};
