import type { Lesson, RejectOutcome } from '@baton/contracts';
import type { Duration } from './duration.js';

/** The seller is told: by the channels of their settings, or by every channel at once. */
export const REMINDERS = ['warn', 'warn-everywhere'] as const;
/**
 * - `escalate`: managers are told
 * - `rest-seller`: the seller is out of rotation until they answer
 * - `reassign`: the next seller gets the offer
 */
export const STEP_ACTIONS = [...REMINDERS, 'escalate', 'rest-seller', 'reassign'] as const;
export type StepAction = (typeof STEP_ACTIONS)[number];
/** Of a lead that a seller accepted. */
export const ACCEPTED_ACTIONS = [...REMINDERS, 'escalate'] as const;

/** What happens without a response, at a fraction of the window. */
export interface Step<Action extends StepAction = StepAction> {
  /** 0 exclusive to 1 inclusive. */
  readonly at: number;
  readonly do: Action;
}

/** A window and what happens in it without a response. */
export interface ClockTerms<Action extends StepAction = StepAction> {
  readonly within: Duration;
  readonly steps: readonly Step<Action>[];
}

/** A reason for a rejection, what scoring learns from it, and what becomes of the lead. */
export interface RejectReason {
  readonly code: string;
  readonly label: string;
  readonly teaches: Lesson;
  readonly outcome: RejectOutcome;
  /** What the seller must add. */
  readonly needs?: 'note' | 'wakeAt';
  /** Also a reason to return a lead that was accepted: it showed only then. */
  readonly afterAcceptance?: boolean;
}

/** What sales owes marketing for every lead it is offered; both sign it. */
export interface SlaPolicy {
  /** From the offer to the verdict. */
  readonly accept: ClockTerms;
  /** From the acceptance to the first attempt. */
  readonly firstTouch: ClockTerms<(typeof ACCEPTED_ACTIONS)[number]>;
  /** Max reassignments without a response before a manager has to decide. */
  readonly maxReassignments: number;
  readonly rejectReasons: readonly RejectReason[];
}

/** A version of the policy, as it was signed. */
export interface SignedPolicy {
  /** Such as `sla-policy-1`. */
  readonly id: string;
  readonly document: SlaPolicy;
}

/**
 * One working day of eight hours. On weekdays it ends where the classic window of 24 hours does: from Tuesday 11:00 until Wednesday
 * 11:00. A lead of Friday 17:00 is due on Monday 17:00, when a seller could have seen it, and not on Saturday.
 */
const workingDay: Duration = { amount: 8, unit: 'hours', calendar: 'working' };

/** The policy of a new installation: one working day for both clocks. */
export const defaultSlaPolicy: SlaPolicy = {
  accept: {
    within: workingDay,
    steps: [
      { at: 0.25, do: 'warn' },
      { at: 0.75, do: 'escalate' },
      { at: 1, do: 'reassign' },
    ],
  },
  firstTouch: {
    within: workingDay,
    steps: [
      { at: 0.5, do: 'warn' },
      { at: 1, do: 'escalate' },
    ],
  },
  maxReassignments: 3,
  rejectReasons: [
    { code: 'wrong-contact-data', label: 'Wrong contact data', teaches: 'data-quality', outcome: 'recycled' },
    { code: 'duplicate', label: 'Duplicate', teaches: 'data-quality', outcome: 'disqualified' },
    {
      code: 'existing-customer',
      label: 'Already a customer',
      teaches: 'data-quality',
      outcome: 'disqualified',
    },
    {
      code: 'competitor-or-student',
      label: 'Competitor or student',
      teaches: 'fit',
      outcome: 'disqualified',
    },
    { code: 'wrong-territory', label: 'Wrong territory', teaches: 'nothing', outcome: 'recycled' },
    { code: 'no-fit', label: 'Does not fit', teaches: 'fit', outcome: 'disqualified' },
    { code: 'no-budget', label: 'No budget', teaches: 'fit', outcome: 'recycled' },
    { code: 'no-authority', label: 'Cannot decide', teaches: 'fit', outcome: 'recycled' },
    { code: 'no-need', label: 'No need', teaches: 'engagement', outcome: 'recycled' },
    {
      code: 'bad-timing',
      label: 'Not now',
      teaches: 'timing',
      outcome: 'recycled',
      needs: 'wakeAt',
      afterAcceptance: true,
    },
    {
      code: 'unresponsive',
      label: 'Does not answer',
      teaches: 'engagement',
      outcome: 'recycled',
      afterAcceptance: true,
    },
    { code: 'other', label: 'Other', teaches: 'nothing', outcome: 'recycled', needs: 'note' },
  ],
};
