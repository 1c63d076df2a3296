import type { Outgoing, Transaction } from '@baton/bus';

/** One durable timer per (kind, key): scheduling it again moves it. */
export interface Timer {
  readonly kind: string;
  /** Id of the subject: a hand-off, a lead. */
  readonly key: string;
  readonly dueAt: Date;
}

/**
 * A timer whose due instant has passed; after a failed firing, `dueAt` is the instant of the next attempt. `generation`
 * grows with every scheduling of (kind, key), also after it fired.
 */
export interface DueTimer extends Timer {
  readonly generation: number;
}

export interface FireResult {
  readonly events: readonly Outgoing[];
  /** Keys whose subject is locked by another transaction: they stay due and are tried again within 50 ms. */
  readonly busy?: readonly string[];
}

/**
 * Handles due timers of one kind. `fire` runs in the transaction that deletes the timers, so effects, events and deletion
 * commit together. It may schedule the same keys again. It must lock the subjects with `for update skip locked` and
 * report the ones it could not lock as `busy`: it never waits, so it cannot deadlock with a batch that holds the subject
 * and reschedules its timer.
 */
export interface TimerHandler {
  readonly kind: string;
  fire(due: readonly DueTimer[], now: Date, tx: Transaction): Promise<FireResult>;
}
