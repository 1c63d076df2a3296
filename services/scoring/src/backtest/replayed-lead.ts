import type { Origin } from '../lead/lead.js';

/** What sales made of a lead in reality. */
export interface RealOutcome {
  /** It was offered to a seller. */
  readonly handedOver: boolean;
  /** Sales said something about it. */
  readonly judged: boolean;
  readonly accepted: boolean;
  readonly won: boolean;
}

/** A lead under one pair of definitions. */
export interface Readiness {
  /** When it was sales-ready first (ms since 1970). */
  readonly firstReadyAt: number | null;
  /** Whether it is at the end, and its points then. */
  readonly isReady: boolean;
  readonly points: number;
}

/** When a lead did something first, and by which channel and campaign. */
export type FirstActivity = Pick<Origin, 'createdAt' | 'channel' | 'campaign'>;

/** One lead under both pairs of definitions. */
export interface ReplayedLead {
  readonly id: string;
  readonly first: FirstActivity;
  readonly draft: Readiness;
  readonly active: Readiness;
  readonly outcome: RealOutcome;
}
