export const MODELS = [
  'first',
  'last',
  'last-non-direct',
  'linear',
  'position',
  'time-decay',
  'markov',
  'shapley',
] as const;
export type Model = (typeof MODELS)[number];

export const SHAPES = ['u', 'w', 'full-path'] as const;
export type Shape = (typeof SHAPES)[number];

/** Options of the models that have some; see docs/attribution.md. */
export interface Options {
  /** `last-non-direct`: keys that get credit only when nothing else is in the path, in any case; default `direct`, `(direct)`. */
  readonly directKeys?: readonly string[];
  /** `position`; default `u`. */
  readonly shape?: Shape;
  /** `time-decay`: days in which the weight of a touch halves; default 7. */
  readonly halfLifeDays?: number;
  /** `markov`: touches that make a state; default 1. */
  readonly order?: number;
}

/** Journeys that took the same path. */
export interface Path {
  /** Keys of the touches, in order of time: channels, campaigns, contents. */
  readonly path: readonly string[];
  /** Journeys that ended in a conversion. */
  readonly conversions: number;
  /** Sum of the values of these conversions. */
  readonly value?: number;
  /** Journeys that did not convert; only `markov` uses them. */
  readonly nulls?: number;
  /** For `time-decay`: days between each touch and the conversion. Without it touches are one day apart, the last on day 0. */
  readonly daysBefore?: readonly number[];
  /**
   * For `position`: index in the path of the touch that created the lead, and with `full-path` of the one that created the opportunity.
   * Without it they are in the middle, and at the thirds.
   */
  readonly milestones?: readonly number[];
}

export interface AttributionRequest {
  readonly model: Model;
  readonly options?: Options;
  readonly paths: readonly Path[];
}

/** What a key is credited with. */
export interface Credit {
  readonly key: string;
  /** Multiple of 0.000001. */
  readonly conversions: number;
  /** Multiple of 0.001; absent when no path has a value. */
  readonly value?: number;
}
