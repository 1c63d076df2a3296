import type { Outgoing, Transaction } from '@baton/bus';

/** One durable timer per (kind, key): scheduling it again moves it. */
export interface Timer {
  readonly kind: string;
  /** The thing whose time it is: a hand-off id, a lead id. */
  readonly key: string;
  readonly dueAt: Date;
}

/** A timer whose time has come; one whose firing failed before is due at the instant of the next try. `generation` grows with
 * every rescheduling of (kind, key), also after it fired. */
export interface DueTimer extends Timer {
  readonly generation: number;
}

export interface Fired {
  readonly events: readonly Outgoing[];
  /** Keys whose thing another transaction holds right now: they stay due and are tried again at once. */
  readonly busy?: readonly string[];
}

/**
 * What happens when timers of one kind are due. Runs in the transaction that ended them, so effects, events and the end of
 * the timers commit together. It may schedule the same keys anew. It must lock the things with `for update skip locked`
 * and report those it could not get as `busy`: a firing never waits, so it cannot deadlock with a batch that holds
 * the thing and wants to move its timer.
 */
export interface TimerHandler {
  readonly kind: string;
  fire(due: readonly DueTimer[], now: Date, tx: Transaction): Promise<Fired>;
}
