import type { RealOutcome } from './replayed-lead.js';

/** Hand-offs, and what sales really made of these leads. */
export interface HandoffCounts {
  /** Leads that were handed over; each counts once. */
  readonly handoffs: number;
  /** Of these, leads that sales really judged, accepted and won. */
  readonly judged: number;
  readonly accepted: number;
  readonly won: number;
}

export const NO_HANDOFFS: HandoffCounts = { handoffs: 0, judged: 0, accepted: 0, won: 0 };

/** The counts with one more lead handed over. A deal without a verdict of sales is none of the hand-off. */
export const withHandoff = (
  counts: HandoffCounts,
  { judged, accepted, won }: RealOutcome,
): HandoffCounts => ({
  handoffs: counts.handoffs + 1,
  judged: counts.judged + Number(judged),
  accepted: counts.accepted + Number(judged && accepted),
  won: counts.won + Number(judged && won),
});

export const sumOf = (one: HandoffCounts, other: HandoffCounts): HandoffCounts => ({
  handoffs: one.handoffs + other.handoffs,
  judged: one.judged + other.judged,
  accepted: one.accepted + other.accepted,
  won: one.won + other.won,
});
