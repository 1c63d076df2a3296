import type { Transaction } from '@baton/bus';
import type { DueTimer } from './timer.js';

/** A timer that this transaction has ended, with what is needed to put it back as it was. */
export interface Claimed extends DueTimer {
  readonly attempts: number;
  readonly lastError: string | null;
}

/** Which timers to claim: the first `limit` due ones, or of the due ones those with these keys. */
export type Wanted = { readonly limit: number } | { readonly keys: readonly string[] };

/**
 * Ends due timers of one kind and gives them in the order in which they were due. Those that another transaction holds
 * (another loop, a cancel, a reschedule) are left out, so that loops share the work and never wait.
 */
export const claim = async (tx: Transaction, kind: string, now: Date, wanted: Wanted): Promise<Claimed[]> => {
  const rows =
    'keys' in wanted
      ? await tx.rows<Row>(CLAIM_KEYS, [kind, now.toISOString(), wanted.keys])
      : await tx.rows<Row>(CLAIM_FIRST, [kind, now.toISOString(), wanted.limit]);
  return rows.map((row) => fromRow(kind, row)).sort(byDue);
};

/** Puts claimed timers back unchanged, in the same transaction; a handler that set one anew has the last word. */
export const putBack = async (tx: Transaction, timers: readonly Claimed[]): Promise<void> => {
  if (timers.length === 0) return;
  await tx.rows(PUT_BACK, [
    timers.map(({ kind }) => kind),
    timers.map(({ key }) => key),
    timers.map(({ dueAt }) => dueAt.toISOString()),
    timers.map(({ generation }) => generation),
    timers.map(({ attempts }) => attempts),
    timers.map(({ lastError }) => lastError),
  ]);
};

/** Puts off one timer whose firing failed, unless it fired or was set anew in the meantime. */
export const putOff = async (
  tx: Transaction,
  timer: Claimed,
  until: Date,
  error: string,
): Promise<boolean> => {
  const { kind, key, generation, attempts } = timer;
  const parked = await tx.rows(PUT_OFF, [kind, key, generation, attempts, until.toISOString(), error]);
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
 * By ctid through an array, not by a join: the array is computed once and fetched directly, whatever the planner thinks
 * of the table's size, where a join may scan all waiting timers or run the limited part again and claim more. A row that
 * was moved while the statement ran has another ctid by then: it is not claimed now, but next time if it is due.
 */
const claiming = (which: string, rest: string): string => `
  delete from timers where ctid = any(array(
    select ctid from timers where kind = $1 and due_at <= $2 ${which} order by due_at ${rest} for update skip locked
  ))
  returning key, due_at, generation, attempts, last_error`;

const CLAIM_FIRST = claiming('', 'limit $3');
const CLAIM_KEYS = claiming('and key = any($3::text[])', '');

const PUT_BACK = `
  insert into timers (kind, key, due_at, generation, attempts, last_error)
  select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::bigint[], $5::integer[], $6::text[])
  on conflict (kind, key) do nothing`;

const PUT_OFF = `
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
