import type { Queryable } from '@baton/bus';

/** Timers of one kind that have not fired. */
export interface TimerCounts {
  readonly kind: string;
  readonly waiting: number;
  /** Timers whose last firing failed and that wait for their next attempt. */
  readonly parked: number;
  /** A parked timer counts with the instant of its next attempt. */
  readonly oldestDueAt: Date | undefined;
}

/** Counts by kind, in the order of their names; the kinds named in `kinds` are present even without a timer. */
export const timerCounts = async (
  database: Queryable,
  kinds: readonly string[] = [],
): Promise<TimerCounts[]> => {
  const rows = await database.rows<Row>(COUNT, [kinds]);
  return rows.map(({ kind, waiting, parked, oldest }) => ({
    kind,
    waiting: Number(waiting),
    parked: Number(parked),
    oldestDueAt: oldest ?? undefined,
  }));
};

/** Seconds by which the oldest due timer is late at `now`; 0 when none is due. */
export const overdueSeconds = ({ oldestDueAt }: TimerCounts, now: Date): number =>
  oldestDueAt ? Math.max(0, (now.getTime() - oldestDueAt.getTime()) / 1_000) : 0;

interface Row {
  readonly kind: string;
  readonly waiting: string;
  readonly parked: string;
  readonly oldest: Date | null;
}

const COUNT = `
  select kind, count(key) as waiting, count(key) filter (where attempts > 0) as parked,
    min(due_at) as oldest
  from (select kind, key, due_at, attempts from timers
    union all select kind, null, null, null from unnest($1::text[]) as expected (kind)) as all_kinds
  group by kind order by kind`;
