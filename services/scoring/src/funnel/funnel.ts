import type { Condition, FactTypes } from '@baton/conditions';

/**
 * Who decides a stage. `event`: anybody we have events of; `identity`: who they are, never by points; `score`: points, up and down;
 * `verdict`: sales, by what it says of a hand-off or a deal.
 */
export const DECIDERS = ['event', 'identity', 'score', 'verdict'] as const;
export type Decider = (typeof DECIDERS)[number];

/** What sales can say that moves a lead forward; deals are known to the funnel before they are to the product. */
export const VERDICTS = ['accepted', 'qualified', 'deal-opened', 'deal-won'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What sales can say that takes a lead out. */
export const OUTCOMES = ['recycled', 'disqualified'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Stage {
  readonly key: string;
  readonly label: string;
  readonly meaning: string;
  readonly by: Decider;
  /** Of `identity` and `score`. */
  readonly when?: Condition;
  /** Of `verdict`. */
  readonly on?: Verdict;
}

export interface Exit {
  readonly key: string;
  readonly label: string;
  readonly meaning: string;
  readonly on: Outcome;
  /** Days a recycled lead is left alone when the seller names no date. */
  readonly restDays?: number;
}

/** The document `funnel`: the stages both teams signed, first to last. */
export interface Funnel {
  readonly stages: readonly Stage[];
  readonly exits: readonly Exit[];
  /** From this stage on a lead is offered to sales. */
  readonly salesReady: { readonly stage: string };
}

/** What an identity stage may ask. */
export const identityFacts: FactTypes = {
  identified: 'boolean',
  consent: 'boolean',
  'traits.*': 'any',
};

/** What a score stage may ask. */
export const scoreFacts: FactTypes = {
  ...identityFacts,
  points: 'number',
  fit: 'number',
  engagement: 'number',
  grade: 'text',
};
