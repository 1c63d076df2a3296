import type { Transaction } from '@baton/bus';
import type { DueTimer } from './timer.js';

/** A timer deleted by this transaction, with all that is needed to restore it. */
export interface Claimed extends DueTimer {
  readonly attempts: number;
  readonly lastError: string | null;
}

/** The timers to claim: the first `limit` due ones, or the due ones with these keys. */
export type ClaimScope = { readonly limit: number } | { readonly keys: readonly string[] };

/**
 * Deletes due timers of one kind and returns them in the order of their due instants. Timers locked by another transaction
 * (another loop, a cancel, a reschedule) are skipped, so that loops share the work and never wait.
 */
export const claim = async (
  tx: Transaction,
  kind: string,
  now: Date,
  scope: ClaimScope,
): Promise<Claimed[]> => {
  const rows =
    'keys' in scope
      ? await tx.rows<Row>(CLAIM_KEYS, [kind, now.toISOString(), scope.keys])
      : await tx.rows<Row>(CLAIM_FIRST, [kind, now.toISOString(), scope.limit]);
  return rows.map((row) => fromRow(kind, row)).sort(byDue);
};

/** Restores claimed timers unchanged, in the same transaction; a timer that the handler scheduled again keeps its new due instant. */
export const restore = async (tx: Transaction, timers: readonly Claimed[]): Promise<void> => {
  if (timers.length === 0) return;
  await tx.rows(RESTORE, [
    timers.map(({ kind }) => kind),
    timers.map(({ key }) => key),
    timers.map(({ dueAt }) => dueAt.toISOString()),
    timers.map(({ generation }) => generation),
    timers.map(({ attempts }) => attempts),
    timers.map(({ lastError }) => lastError),
  ]);
};

/** Moves a timer whose firing failed to its next attempt; false when it fired or was scheduled again in the meantime. */
export const reschedule = async (
  tx: Transaction,
  timer: Claimed,
  until: Date,
  error: string,
): Promise<boolean> => {
  const { kind, key, generation, attempts } = timer;
  const parked = await tx.rows(RESCHEDULE, [kind, key, generation, attempts, until.toISOString(), error]);
  return parked.length > 0;
};

interface Row {
  readonly key: string;
  readonly due_at: Date;
  readonly generation: string;
  readonly attempts: number;
  readonly last_error: string | null;
}

/**
 * By ctid through an array, not by a join: the array is computed once and the rows are fetched directly, whatever the
 * planner's estimates are; a join may scan all waiting timers, or evaluate the limited part twice and claim more. A row
 * updated while the statement runs gets another ctid and is not claimed; if it is due, the next claim takes it.
 */
const claiming = (which: string, rest: string): string => `
  delete from timers where ctid = any(array(
    select ctid from timers where kind = $1 and due_at <= $2 ${which} order by due_at ${rest} for update skip locked
  ))
  returning key, due_at, generation, attempts, last_error`;

const CLAIM_FIRST = claiming('', 'limit $3');
const CLAIM_KEYS = claiming('and key = any($3::text[])', '');

const RESTORE = `
  insert into timers (kind, key, due_at, generation, attempts, last_error)
  select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::bigint[], $5::integer[], $6::text[])
  on conflict (kind, key) do nothing`;

const RESCHEDULE = `
  update timers set attempts = attempts + 1, due_at = $5, last_error = $6
  where kind = $1 and key = $2 and generation = $3 and attempts = $4
  returning key`;

const fromRow = (kind: string, row: Row): Claimed => ({
  kind,
  key: row.key,
  dueAt: row.due_at,
  generation: Number(row.generation),
  attempts: row.attempts,
  lastError: row.last_error,
});

const byDue = (a: Claimed, b: Claimed): number =>
  a.dueAt.getTime() - b.dueAt.getTime() || (a.key < b.key ? -1 : 1);
