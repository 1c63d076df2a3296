import { fitLogisticRegression, softplus } from './logistic-regression.js';
import type { Calibration } from './model.js';
import { SparseRowsBuilder } from './sparse-rows.js';

/** Of both outcomes, in each half. */
const MIN_OUTCOMES = 20;

/** Beyond them the truth changed between the rows: the model of all rows differs from the one that was calibrated. */
const SLOPES = { least: 0.5, most: 2 } as const;

export const UNCALIBRATED: Calibration = { offset: 0, slope: 1 };

/**
 * Calibration by a logistic regression of the outcomes on the log odds of rows the model has not seen (Platt 1999, without his
 * smoothed targets). Used only when one that is fitted on the older half of these rows lowers the log loss of the newer half, by
 * more than two standard errors.
 */
export const calibrationOf = (logOdds: Float64Array, outcomes: Float64Array): Calibration => {
  const half = logOdds.length >> 1;
  const [older, newer] = [
    { logOdds: logOdds.subarray(0, half), outcomes: outcomes.subarray(0, half) },
    { logOdds: logOdds.subarray(half), outcomes: outcomes.subarray(half) },
  ];
  if ([older, newer].some((part) => !hasBoth(part.outcomes))) return UNCALIBRATED;
  const tried = plattOf(older.logOdds, older.outcomes);
  const gains = newer.logOdds.map(
    (value, row) =>
      lossOf(value, newer.outcomes[row]!) - lossOf(tried.offset + tried.slope * value, newer.outcomes[row]!),
  );
  return isGain(gains, 2) ? plattOf(logOdds, outcomes) : UNCALIBRATED;
};

const hasBoth = (outcomes: Float64Array): boolean => {
  const positive = outcomes.reduce((sum, outcome) => sum + outcome, 0);
  return Math.min(positive, outcomes.length - positive) >= MIN_OUTCOMES;
};

const plattOf = (logOdds: Float64Array, outcomes: Float64Array): Calibration => {
  const rows = new SparseRowsBuilder(logOdds.length, 2);
  for (const value of logOdds) {
    rows.add(0, 1);
    rows.add(1, value);
    rows.endRow();
  }
  const [offset, slope] = fitLogisticRegression({
    rows: rows.build(),
    outcomes,
    importance: new Float64Array(outcomes.length).fill(1),
    penalties: Float64Array.of(1e-6, 1e-6),
  });
  return slope! >= SLOPES.least && slope! <= SLOPES.most ? { offset: offset!, slope: slope! } : UNCALIBRATED;
};

/** Log loss of one row. */
export const lossOf = (logOdds: number, outcome: number): number => softplus(logOdds) - outcome * logOdds;

/** Whether the mean of `gains` is above zero by more than `errors` standard errors. */
export const isGain = (gains: Float64Array, errors = 1): boolean => {
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / gains.length;
  return mean > 1e-6 && mean > errors * Math.sqrt(variance / gains.length);
};
