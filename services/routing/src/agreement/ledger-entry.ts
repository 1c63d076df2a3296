import type { Instant } from '../policy/duration.js';
import type { Segment } from './agreement.js';
import type { Clause } from './clause.js';

export const ENTRY_SIDES = ['credit', 'debit'] as const;
/** `credit`: what was promised was kept, `debit`: it was not. */
export type EntrySide = (typeof ENTRY_SIDES)[number];

/** What a hand-off is judged by: the agreement in force when it was opened, and the segment of its lead then. */
export interface Terms {
  readonly handoffId: string;
  /** Such as `agreement-1`. */
  readonly agreementId: string;
  readonly segment: Segment;
}

/** One fact about one promise. Never changed: a correction is another entry. No personal data. */
export interface LedgerEntry {
  readonly handoffId: string;
  /** Unique within the hand-off: what happened again adds nothing. */
  readonly cause: string;
  readonly clause: Clause;
  readonly side: EntrySide;
  /** Key of the segment. */
  readonly segment: string;
  readonly agreementId: string;
  /** It counts in the period of this instant. */
  readonly at: Instant;
  readonly detail: string;
}
