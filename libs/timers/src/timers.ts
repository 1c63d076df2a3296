import type { Transaction } from '@baton/bus';
import type { Clock } from './clock.js';
import type { Timer } from './timer.js';

/**
 * Notifying transactions commit one after the other in the whole database, so only what is due before the lanes look again
 * by themselves (every 10 s) is worth it; the rest is slack for transactions that stay open a while after scheduling.
 */
const SOON_MS = 30_000;

/** Anything that runs SQL: a transaction or the database. */
export type Reader = Pick<Transaction, 'rows'>;

/** A service's durable timers, set and cancelled within the transaction that decides about them. */
export class Timers {
  constructor(private readonly clock: Clock) {}

  /** Sets timers, or moves those of the same kind and key. A parked one gets a fresh start. The last of two alike counts. */
  async schedule(tx: Transaction, timers: readonly Timer[]): Promise<void> {
    if (timers.length === 0) return;
    const ordered = inLockOrder(timers);
    const soon = new Date(this.clock.now().getTime() + SOON_MS);
    await tx.rows(SCHEDULE, [
      ordered.map(({ kind }) => kind),
      ordered.map(({ key }) => key),
      ordered.map(({ dueAt }) => dueAt.toISOString()),
      soon.toISOString(),
    ]);
  }

  /**
   * Ends timers without firing them and gives the keys that it ended. A key that is missing there has fired (its effects
   * are committed and visible to the next statement) or was never set.
   */
  async cancel(tx: Transaction, kind: string, keys: readonly string[]): Promise<string[]> {
    if (keys.length === 0) return [];
    const cancelled = await tx.rows<{ key: string }>(CANCEL, [kind, keys]);
    return cancelled.map(({ key }) => key);
  }

  /** When the first timer of this kind is due, past or future. */
  async next(reader: Reader, kind: string): Promise<Date | undefined> {
    const [first] = await reader.rows<{ due_at: Date }>(NEXT, [kind]);
    return first?.due_at;
  }
}

/** The generation comes from the sequence again on conflict: then it is drawn under the lock of the row, so it only grows. */
const SCHEDULE = `
  with scheduled as (
    insert into timers (kind, key, due_at)
    select * from unnest($1::text[], $2::text[], $3::timestamptz[])
    on conflict (kind, key) do update set
      due_at = excluded.due_at, generation = nextval('timer_generations'), attempts = 0, last_error = null
    returning kind, due_at
  )
  select pg_notify('timers:' || current_schema(), kind || ' ' || (extract(epoch from min(due_at)) * 1000)::bigint)
  from scheduled where due_at < $4::timestamptz group by kind`;

/** Locks in the order in which `schedule` writes: two transactions with the same timers must not block each other. */
const CANCEL = `
  with locked as (
    select kind, key from timers where kind = $1 and key = any($2::text[]) order by key collate "C" for update
  )
  delete from timers using locked where timers.kind = locked.kind and timers.key = locked.key
  returning timers.key`;

const NEXT = `select due_at from timers where kind = $1 order by due_at limit 1`;

const inLockOrder = (timers: readonly Timer[]): Timer[] => {
  const unique = new Map(timers.map((timer) => [`${timer.kind} ${timer.key}`, timer]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, timer]) => timer);
};
