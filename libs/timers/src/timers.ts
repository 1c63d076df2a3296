import type { Queryable, Transaction } from '@baton/bus';
import type { Clock } from './clock.js';
import type { Timer } from './timer.js';

/**
 * Only timers due within this time notify, because notifying transactions commit one after the other in the whole
 * database. Workers poll every 10 s; the remaining 20 s allow for transactions that stay open after scheduling.
 */
const NOTIFY_WITHIN_MS = 30_000;

/** A service's durable timers, scheduled and cancelled in the transaction of the decision they belong to. */
export class Timers {
  constructor(private readonly clock: Clock) {}

  /**
   * Schedules timers, or reschedules those of the same kind and key; a parked timer loses its failed attempts. When the
   * same kind and key occurs twice, the last one counts.
   */
  async schedule(tx: Transaction, timers: readonly Timer[]): Promise<void> {
    if (timers.length === 0) return;
    const ordered = inLockOrder(timers);
    const notifyBefore = new Date(this.clock.now().getTime() + NOTIFY_WITHIN_MS);
    await tx.rows(SCHEDULE, [
      ordered.map(({ kind }) => kind),
      ordered.map(({ key }) => key),
      ordered.map(({ dueAt }) => dueAt.toISOString()),
      notifyBefore.toISOString(),
    ]);
  }

  /**
   * Deletes timers without firing them and returns the deleted keys. A key that is missing there has fired (its effects
   * are committed and visible to the next statement) or was never scheduled.
   */
  async cancel(tx: Transaction, kind: string, keys: readonly string[]): Promise<string[]> {
    if (keys.length === 0) return [];
    const cancelled = await tx.rows<{ key: string }>(CANCEL, [kind, keys]);
    return cancelled.map(({ key }) => key);
  }

  /** The due instant of the first timer of this kind, past or future. */
  async next(database: Queryable, kind: string): Promise<Date | undefined> {
    const [first] = await database.rows<{ due_at: Date }>(NEXT, [kind]);
    return first?.due_at;
  }
}

/** On conflict the generation is drawn again: drawn under the row lock, it only grows. */
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

/** Locks in the order in which `schedule` writes: two transactions with the same timers must not deadlock. */
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
