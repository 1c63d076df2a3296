import type { Column } from './column.js';
import { featuresOf, type Encoding } from './features.js';
import { sigmoid } from './logistic-regression.js';
import { multiply } from './sparse-rows.js';

/** Bounds of the log odds: no probability is 0 or 1, nor rounded to it at six digits. */
const MAX_LOG_ODDS = 13;

/** Log odds are `offset + slope × those of the weights` (Platt 1999); 0 and 1 for none. */
export interface Calibration {
  readonly offset: number;
  readonly slope: number;
}

/** How strongly weights are drawn to zero, by the part of features; no `curve` or `pair` when the model has none. */
export interface Strengths {
  readonly value: number;
  readonly curve?: number;
  readonly pair?: number;
  /** Rows after which a row counts half in training; none when all count the same. */
  readonly halfLife?: number;
}

/** A trained model: plain data that can be stored as JSON. */
export interface Model {
  readonly encodings: readonly Encoding[];
  /** One per feature, in the order of the encodings, the intercept first. */
  readonly weights: readonly number[];
  readonly calibration: Calibration;
  readonly strengths: Strengths;
  /** Probability from which a row counts as predicted to be positive. */
  readonly threshold: number;
}

/** Names of the columns that a model looks at. */
export const columnsUsedBy = ({ encodings }: Model): string[] => [
  ...new Set(
    encodings.flatMap((encoding) =>
      encoding.kind === 'pair' ? [encoding.first.name, encoding.second.name] : [encoding.name],
    ),
  ),
];

/** Log odds of a positive outcome for each row. Columns are found by name; of a missing column every cell is missing. */
export const logOddsOf = (model: Model, columns: readonly Column[], rows: number): Float64Array => {
  const sums = new Float64Array(rows);
  multiply(featuresOf(model.encodings, columns, rows), Float64Array.from(model.weights), sums);
  return sums.map((sum) => boundedLogOdds(model.calibration, sum));
};

export const boundedLogOdds = ({ offset, slope }: Calibration, sum: number): number =>
  Math.min(MAX_LOG_ODDS, Math.max(-MAX_LOG_ODDS, offset + slope * sum));

/** Probability of a positive outcome for each row, inside (0, 1). */
export const probabilitiesOf = (model: Model, columns: readonly Column[], rows: number): Float64Array =>
  logOddsOf(model, columns, rows).map(sigmoid);
