import { lossOf } from './calibration.js';

export interface Scored {
  /** Probabilities of a positive outcome, one per row. */
  readonly probabilities: Float64Array;
  /** 1 for a positive outcome, else 0. */
  readonly outcomes: Float64Array;
}

/** Rows from the highest probability to the lowest. */
const ranked = ({ probabilities }: Scored): number[] =>
  [...probabilities.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!);

const positivesOf = (outcomes: Float64Array): number => outcomes.reduce((sum, outcome) => sum + outcome, 0);

export interface RocPoint {
  /** Rows with at least this probability count as predicted; 1 where none does. */
  readonly threshold: number;
  /** Predicted negatives of all negatives. */
  readonly falsePositiveRate: number;
  /** Predicted positives of all positives. */
  readonly truePositiveRate: number;
}

/** ROC curve (Fawcett 2006, algorithm 1): one point after all rows of equal probability. Empty with one kind of outcome. */
export const rocOf = (scored: Scored): RocPoint[] => {
  const { probabilities, outcomes } = scored;
  const positives = positivesOf(outcomes);
  const negatives = outcomes.length - positives;
  if (positives === 0 || negatives === 0) return [];
  const points: RocPoint[] = [{ threshold: 1, falsePositiveRate: 0, truePositiveRate: 0 }];
  let [found, wrong] = [0, 0];
  const rows = ranked(scored);
  rows.forEach((row, i) => {
    if (outcomes[row] === 1) found += 1;
    else wrong += 1;
    const threshold = probabilities[row]!;
    if (probabilities[rows[i + 1] ?? -1] !== threshold)
      points.push({ threshold, falsePositiveRate: wrong / negatives, truePositiveRate: found / positives });
  });
  return points;
};

/**
 * Area under the ROC curve: the probability that a random positive row is above a random negative one, ties half (Hanley and
 * McNeil 1982). Undefined with one kind of outcome.
 */
export const aucOf = (scored: Scored): number | undefined => {
  const points = rocOf(scored);
  if (points.length === 0) return undefined;
  let area = 0;
  for (let i = 1; i < points.length; i += 1) {
    const [a, b] = [points[i - 1]!, points[i]!];
    area += ((b.falsePositiveRate - a.falsePositiveRate) * (a.truePositiveRate + b.truePositiveRate)) / 2;
  }
  return area;
};

const mean = (length: number, of: (row: number) => number): number => {
  let sum = 0;
  for (let row = 0; row < length; row += 1) sum += of(row);
  return sum / length;
};

/** Brier score: mean squared difference of probability and outcome (Brier 1950), from 0, the lower the better. */
export const brierOf = ({ probabilities, outcomes }: Scored): number =>
  mean(outcomes.length, (row) => (probabilities[row]! - outcomes[row]!) ** 2);

/** Log loss: mean negative log likelihood (Good 1952), natural logarithm. */
export const logLossOf = ({ probabilities, outcomes }: Scored): number =>
  mean(outcomes.length, (row) =>
    lossOf(Math.log(probabilities[row]! / (1 - probabilities[row]!)), outcomes[row]!),
  );

export interface CalibrationBin {
  /** Lowest and highest probability of the rows. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  /** Mean probability. */
  readonly predicted: number;
  /** Share of positive outcomes. */
  readonly observed: number;
}

/** Groups of about equal numbers of rows in order of probability (reliability diagram, Niculescu-Mizil and Caruana 2005). */
export const calibrationTableOf = (scored: Scored, bins = 10): CalibrationBin[] => {
  const rows = ranked(scored).reverse();
  return Array.from({ length: bins }, (_, bin) =>
    rows.slice(Math.round((bin * rows.length) / bins), Math.round(((bin + 1) * rows.length) / bins)),
  )
    .filter((group) => group.length > 0)
    .map((group) => ({
      from: scored.probabilities[group[0]!]!,
      to: scored.probabilities[group.at(-1)!]!,
      rows: group.length,
      predicted: mean(group.length, (i) => scored.probabilities[group[i]!]!),
      observed: mean(group.length, (i) => scored.outcomes[group[i]!]!),
    }));
};

/** Expected calibration error: |predicted − observed| of the bins, weighted by their rows (Naeini et al. 2015). */
export const calibrationErrorOf = (table: readonly CalibrationBin[]): number => {
  const rows = table.reduce((sum, bin) => sum + bin.rows, 0);
  return table.reduce((sum, bin) => sum + (bin.rows / rows) * Math.abs(bin.predicted - bin.observed), 0);
};

export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

/** Rows by outcome and by whether their probability is at least the threshold. */
export const confusionOf = ({ probabilities, outcomes }: Scored, threshold: number): Confusion => {
  const count = (outcome: number, predicted: boolean): number =>
    outcomes.reduce(
      (sum, value, row) => sum + Number(value === outcome && probabilities[row]! >= threshold === predicted),
      0,
    );
  return {
    truePositives: count(1, true),
    falsePositives: count(0, true),
    trueNegatives: count(0, false),
    falseNegatives: count(1, false),
  };
};

/** Positive rows among those that are predicted. Undefined when none is. */
export const precisionOf = ({ truePositives, falsePositives }: Confusion): number | undefined =>
  truePositives + falsePositives === 0 ? undefined : truePositives / (truePositives + falsePositives);

/** Rows that are predicted among the positive ones. Undefined when none is positive. */
export const recallOf = ({ truePositives, falseNegatives }: Confusion): number | undefined =>
  truePositives + falseNegatives === 0 ? undefined : truePositives / (truePositives + falseNegatives);

/** The probability at which F1, 2 TP / (2 TP + FP + FN) (van Rijsbergen 1979), of these rows is largest; 0.5 with one kind of outcome. */
export const thresholdOf = (scored: Scored): number => {
  const positives = positivesOf(scored.outcomes);
  const negatives = scored.outcomes.length - positives;
  const f1 = ({ truePositiveRate, falsePositiveRate }: RocPoint): number =>
    (2 * truePositiveRate * positives) /
    (truePositiveRate * positives + falsePositiveRate * negatives + positives);
  const points = rocOf(scored).slice(1);
  return points.length === 0
    ? 0.5
    : points.reduce((best, point) => (f1(point) > f1(best) ? point : best)).threshold;
};

export interface LiftPoint {
  /** Share of the rows, those with the highest probabilities. */
  readonly share: number;
  readonly rows: number;
  readonly positives: number;
  /** Times as many positives as in as many random rows. */
  readonly lift: number;
  /** Share of all positives that are among them. */
  readonly captured: number;
}

/** Cumulative lift by tenths of the rows (Berry and Linoff 1997). Empty without a positive row. */
export const liftOf = (scored: Scored, parts = 10): LiftPoint[] => {
  const rows = ranked(scored);
  const positives = positivesOf(scored.outcomes);
  if (positives === 0) return [];
  return Array.from({ length: parts }, (_, part) => Math.round(((part + 1) * rows.length) / parts))
    .filter((count) => count > 0)
    .map((count) => {
      const found = rows.slice(0, count).reduce((sum, row) => sum + scored.outcomes[row]!, 0);
      return {
        share: count / rows.length,
        rows: count,
        positives: found,
        lift: found / count / (positives / rows.length),
        captured: found / positives,
      };
    });
};

export interface Metrics {
  readonly rows: number;
  readonly positives: number;
  /** Undefined with one kind of outcome. */
  readonly auc: number | undefined;
  readonly brier: number;
  /** Brier score of giving every row the share of positives of the training. */
  readonly brierOfBaseRate: number;
  readonly logLoss: number;
  readonly calibration: readonly CalibrationBin[];
  readonly calibrationError: number;
  readonly threshold: number;
  readonly precision: number | undefined;
  readonly recall: number | undefined;
  readonly confusion: Confusion;
  readonly lift: readonly LiftPoint[];
}

/** All figures of rows the model has not seen. The threshold comes from the rows of its training. */
export const metricsOf = (
  scored: Scored,
  { threshold, baseRate }: { threshold: number; baseRate: number },
): Metrics => {
  const confusion = confusionOf(scored, threshold);
  const calibration = calibrationTableOf(scored);
  return {
    rows: scored.outcomes.length,
    positives: positivesOf(scored.outcomes),
    auc: aucOf(scored),
    brier: brierOf(scored),
    brierOfBaseRate: mean(scored.outcomes.length, (row) => (baseRate - scored.outcomes[row]!) ** 2),
    logLoss: logLossOf(scored),
    calibration,
    calibrationError: calibrationErrorOf(calibration),
    threshold,
    precision: precisionOf(confusion),
    recall: recallOf(confusion),
    confusion,
    lift: liftOf(scored),
  };
};
