import { freeNumber } from './new-key.js';

/** An SLA policy as a document; a draft may have values that routing refuses. */
export interface SlaPolicy {
  readonly accept: ClockTerms;
  readonly firstTouch: ClockTerms;
  readonly maxReassignments: number;
  readonly rejectReasons: readonly RejectReason[];
}

export interface ClockTerms {
  readonly within: {
    readonly amount: number;
    readonly unit: 'seconds' | 'minutes' | 'hours' | 'days';
    readonly calendar: 'working' | 'elapsed';
  };
  readonly steps: readonly Step[];
}

export interface Step {
  /** Part of the window, up to 1. */
  readonly at: number;
  readonly do: string;
}

export interface RejectReason {
  readonly code: string;
  readonly label: string;
  readonly teaches: 'fit' | 'engagement' | 'data-quality' | 'timing' | 'nothing';
  readonly outcome: 'recycled' | 'disqualified';
  readonly needs?: 'note' | 'wakeAt';
  readonly afterAcceptance?: boolean;
}

/** A reason with a code and a label that no other has. */
export const newReason = (reasons: readonly RejectReason[]): RejectReason => {
  const number = freeNumber(reasons, (each) =>
    reasons.some(({ code, label }) => code === `reason-${each}` || label === `Reason ${each}`),
  );
  return { code: `reason-${number}`, label: `Reason ${number}`, teaches: 'nothing', outcome: 'recycled' };
};
