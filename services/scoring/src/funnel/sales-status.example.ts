import type { Outcome } from './funnel.js';
import type { SalesStatus } from './sales-status.js';

/** Sales gave the lead back at `at`. */
export const returned = (outcome: Outcome, at: number, wakeAt: number | null = null): SalesStatus => ({
  state: 'returned',
  outcome,
  rejectedAt: at,
  wakeAt,
});
