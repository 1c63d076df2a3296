import type { Absence } from '../calendar/stored-calendar.js';
import type { Instant } from '../policy/duration.js';
import type { Tags } from './needs.js';

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** The team of sales-ready leads, and of sellers for whom no other is named. */
export const DEFAULT_TEAM = 'Sales';

/** A seller with what an assignment depends on. */
export interface Candidate extends Person {
  /** Twice the weight, twice the leads. */
  readonly weight: number;
  /** Position in the round robin: the lowest is next. */
  readonly pointer: number;
  /** Neither away nor resting. */
  readonly available: boolean;
  /** Out of rotation since then, until they answer an offer or say that they are back. */
  readonly restingSince: Instant | null;
  /** Hand-offs offered to or accepted by them now. */
  readonly open: number;
  readonly maxOpen: number | null;
  /** Offers they got today. */
  readonly today: number;
  readonly maxPerDay: number | null;
  /** Of the seller, or else of the team; null for the default. */
  readonly calendarId: string | null;
  readonly absences: readonly Absence[];
  /** When they got their last offer; null: none yet. */
  readonly lastOfferAt: Instant | null;
  readonly tags: Tags;
}

/** A team and its sellers. The name identifies it. */
export interface Team {
  readonly name: string;
  readonly sellers: readonly Candidate[];
}
