import type { Segment } from './agreement.js';

export const CLAUSES = [
  'leads',
  'accepted',
  'complete',
  'accept-in-time',
  'first-touch-in-time',
  'attempts',
  'reasons',
  'follow-up',
] as const;
export type Clause = (typeof CLAUSES)[number];

export const SIDES = ['marketing', 'sales'] as const;
export type Side = (typeof SIDES)[number];

/** The team that owes it. */
export const SIDE_OF: Readonly<Record<Clause, Side>> = {
  leads: 'marketing',
  accepted: 'marketing',
  complete: 'marketing',
  'accept-in-time': 'sales',
  'first-touch-in-time': 'sales',
  attempts: 'sales',
  reasons: 'sales',
  'follow-up': 'sales',
};

/** A number of leads for `leads`, a percentage for every other clause. */
export const promisedBy = ({ marketing, sales }: Segment, clause: Clause): number => {
  switch (clause) {
    case 'leads':
      return marketing.leads;
    case 'accepted':
      return marketing.acceptedPercent;
    case 'complete':
      return marketing.complete.percent;
    case 'accept-in-time':
      return sales.acceptInTimePercent;
    case 'first-touch-in-time':
      return sales.firstTouchInTimePercent;
    case 'attempts':
      return sales.attempts.percent;
    case 'reasons':
      return sales.reasonPercent;
    case 'follow-up':
      return sales.followUp.percent;
  }
};
