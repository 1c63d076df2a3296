import type { DueKey, FiredEffects } from './fired-effects.js';

/** Told after the effects of these timers are committed; the due instants in ms since 1970. */
export type OnFired = (dueAts: readonly number[]) => void;

/** One of the programs compared. */
export interface FiringSide {
  readonly name: string;
  readonly effects: FiredEffects;
  /** Settings of the program. */
  readonly detail: string;
  /** One batch, one transaction. */
  schedule(timers: readonly DueKey[]): Promise<void>;
  /** Fires what is due until {@link stop}, with the effects of each timer. */
  start(onFired: OnFired): Promise<void>;
  /** Resolves when the program has ended the timers that fired. */
  ended(): Promise<void>;
  stop(): Promise<void>;
  /** Timers that have not fired. */
  waiting(): Promise<number>;
  /** Throws when a check of the program itself fails. */
  check(fired: number): Promise<void>;
  close(): Promise<void>;
}
