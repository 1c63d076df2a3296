import type { Condition, FactTypes } from '@baton/conditions';
import type { Lesson } from '@baton/contracts';
import { FIT_GRADES } from '../model/scoring-model.js';

/**
 * How a stage is decided. `event`: any activity; `identity`: identity, consent and traits, never points; `score`: points, up and
 * down; `verdict`: by sales, with a verdict on a hand-off or a deal.
 */
export const DECIDERS = ['event', 'identity', 'score', 'verdict'] as const;
export type Decider = (typeof DECIDERS)[number];

/** Decisions of sales that move a lead forward. */
export const VERDICTS = ['accepted', 'qualified', 'deal-opened', 'deal-won'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Decisions of sales that take a lead out of the funnel. */
export const OUTCOMES = ['recycled', 'disqualified'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Stage {
  readonly key: string;
  readonly label: string;
  readonly meaning: string;
  readonly by: Decider;
  /** Required for `identity` and `score`. */
  readonly when?: Condition;
  /** Required for `verdict`. */
  readonly on?: Verdict;
}

export interface Exit {
  readonly key: string;
  readonly label: string;
  readonly meaning: string;
  readonly on: Outcome;
  /** Days until a recycled lead is eligible again when the seller names no date. */
  readonly restDays?: number;
}

/** How sales gives a lead back: a rejected hand-off, or the end of its last deal. */
export const RETURNS = ['rejected', 'lost', 'churned'] as const;
export type Return = (typeof RETURNS)[number];

/** What becomes of a lead that was recycled too often: `nurture`: it rests until it asks again; `disqualified`: for good. */
export const ENDS = ['nurture', 'disqualified'] as const;
export type End = (typeof ENDS)[number];

/** What becomes of leads that sales gives back; the first rule that fits holds. */
export interface RecycleRule {
  readonly key: string;
  readonly on: Return;
  /** Codes of reasons; absent: every reason. */
  readonly reasons?: readonly string[];
  /** Days until the lead is eligible again when the seller names no date; absent: those of the exit. */
  readonly restDays?: number;
  /** How often a lead is recycled at most, counted over all rules since its last won deal; 0: not once. */
  readonly maxTimes?: number;
  /** What becomes of it then; required with `maxTimes`. */
  readonly then?: End;
  /** What a deal that ended so teaches; rejections teach what the SLA policy says. */
  readonly teaches?: Lesson;
}

/** From when the days of a nurture rule count: since it holds, or since the last activity if that is later. */
export const NURTURE_FROM = ['met', 'last-activity'] as const;

/** When marketing is to take care of a lead. */
export interface NurtureRule {
  readonly key: string;
  /** What marketing reads. */
  readonly label: string;
  readonly when: Condition;
  readonly afterDays: number;
  /** Absent: `met`. */
  readonly from?: (typeof NURTURE_FROM)[number];
}

/** The document `funnel`: the stages both teams signed, lowest to highest. */
export interface Funnel {
  readonly stages: readonly Stage[];
  readonly exits: readonly Exit[];
  /** The lowest stage in which a lead is offered to sales. */
  readonly salesReady: { readonly stage: string };
  /** Absent: the rest of the exit, without a limit. */
  readonly recycle?: readonly RecycleRule[];
  /** The activities by which a recycled lead asks again: it comes back at once. Absent: none. */
  readonly asksAgain?: Condition;
  /** Absent: marketing is told nothing. */
  readonly nurture?: readonly NurtureRule[];
}

/** Facts of identity stages. */
export const identityFacts: FactTypes = {
  identified: 'boolean',
  consent: 'boolean',
  'traits.*': 'any',
};

/** Facts of score stages. */
export const scoreFacts: FactTypes = {
  ...identityFacts,
  points: 'number',
  fit: 'number',
  engagement: 'number',
  grade: 'text',
  fitGrade: FIT_GRADES,
  band: 'number',
  cell: FIT_GRADES.flatMap((grade) => [1, 2, 3, 4].map((band) => `${grade}${band}`)),
};
