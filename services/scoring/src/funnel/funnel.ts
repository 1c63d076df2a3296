import type { Condition, FactTypes } from '@baton/conditions';

/**
 * How a stage is decided. `event`: any activity; `identity`: identity, consent and traits, never points; `score`: points, up and
 * down; `verdict`: by sales, with a verdict on a hand-off or a deal.
 */
export const DECIDERS = ['event', 'identity', 'score', 'verdict'] as const;
export type Decider = (typeof DECIDERS)[number];

/** Decisions of sales that move a lead forward. No event triggers the two about deals yet. */
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

/** The document `funnel`: the stages both teams signed, lowest to highest. */
export interface Funnel {
  readonly stages: readonly Stage[];
  readonly exits: readonly Exit[];
  /** The lowest stage in which a lead is offered to sales. */
  readonly salesReady: { readonly stage: string };
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
};
