import { calibrationOf, isGain, lossOf } from './calibration.js';
import { byName, columnBetween, isNumeric, type Column } from './column.js';
import { featureParts, featuresOf, type Encoding } from './features.js';
import { fitLogisticRegression, sigmoid } from './logistic-regression.js';
import { thresholdOf } from './metrics.js';
import { boundedLogOdds, type Model, type Strengths } from './model.js';
import { numberEncodingOf } from './number-encoding.js';
import type { PairEncoding } from './pair-encoding.js';
import { rankedPairs } from './pair-search.js';
import { multiply, rowsBetween, type SparseRows } from './sparse-rows.js';
import { MIN_ROWS_OF_VALUE, textEncodingOf } from './text-encoding.js';

/** Newest rows that settings are chosen on. */
const MAX_SELECTION_ROWS = 30_000;
/** Share of the rows below which a text is pooled with other rare ones, also when it has enough rows. */
const MIN_SHARE_OF_VALUE = 0.001;
const MAX_PAIRS = 30;
/** Standard errors by which a richer model must be better: 0.5 did better than 1 on 13 public tables, five splits each. */
const MIN_ERRORS = 0.5;
/** See RankedPair; below it, a pair is as likely chance. */
const MIN_PAIR_STRENGTH = 2;
const GRID = [1000, 300, 100, 30, 10, 3, 1, 0.3];
/** Shares of the training rows: trained up to the first, judged on the rows from there to the second. */
const FOLDS = [
  [0.6, 0.8],
  [0.8, 1],
] as const;
/** Half-lives that are tried, as shares of the training rows. */
const HALF_LIVES = [0.5, 0.2, 0.1];
const INTERCEPT_PENALTY = 1e-6;

/** Rows in order of time, oldest first. */
export interface History {
  readonly columns: readonly Column[];
  /** 1 for a positive outcome, else 0. */
  readonly outcomes: Float64Array;
}

export const historyBetween = ({ columns, outcomes }: History, from: number, to: number): History => ({
  columns: columns.map((column) => columnBetween(column, from, to)),
  outcomes: outcomes.subarray(from, to),
});

/**
 * Trains on all rows. The settings (strengths of the regularisation, curves of numbers, pairs of columns, forgetting of old rows)
 * are those that predict later rows of the history best from earlier ones; a richer model has to be better by more than half a
 * standard error. Depends on nothing but the history: no randomness, and the order of the columns does not matter.
 */
export const train = (history: History): Model => {
  const rows = history.outcomes.length;
  const recent = historyBetween(history, Math.max(0, rows - MAX_SELECTION_ROWS), rows);
  return trainWith(history, chosenSettings(recent));
};

/** Which kinds of features there are and how strongly they are regularised; not their weights. */
export interface Settings {
  readonly strengths: Strengths;
  readonly pairs: readonly PairEncoding[];
  readonly calibration: Model['calibration'];
  readonly threshold: Model['threshold'];
}

/** Trains with settings that were chosen before. */
export const trainWith = (history: History, settings: Settings): Model => {
  const { strengths, pairs, calibration, threshold } = settings;
  const ordered = { ...history, columns: [...history.columns].sort(byName) };
  const { base, curves } = encodingsOf(ordered.columns);
  const encodings = [...base, ...(strengths.curve === undefined ? [] : curves), ...pairs];
  const set = { features: featuresOf(encodings, ordered.columns, history.outcomes.length), encodings };
  const weights = fit({ ...set, outcomes: history.outcomes }, strengths, 'exact');
  return { encodings, weights: Array.from(weights), calibration, strengths, threshold };
};

interface Encoded {
  readonly features: SparseRows;
  readonly encodings: readonly Encoding[];
  readonly outcomes: Float64Array;
}

interface Tried extends Encoded {
  readonly strengths: Strengths;
  readonly pairs: readonly PairEncoding[];
  /** Log odds of the rows of the folds that are judged. */
  readonly logOdds: Float64Array;
  readonly losses: Float64Array;
  /** Weights of each fold. */
  readonly starts: readonly Float64Array[];
}

export const chosenSettings = (history: History): Settings => {
  const { outcomes } = history;
  const columns = [...history.columns].sort(byName);
  const { base, curves } = encodingsOf(columns);
  const encoded = (encodings: readonly Encoding[]): Encoded => ({
    features: featuresOf(encodings, columns, outcomes.length),
    encodings,
    outcomes,
  });
  const simple = encoded(base);
  let best = descent((value) => tried(simple, { value }), 3);
  if (curves.length > 0) {
    const curved = encoded([...base, ...curves]);
    const { strengths } = best;
    const richer = descent((curve) => tried(curved, { ...strengths, curve }), 4);
    best = better(
      best,
      descent(
        (value) => tried(curved, { ...richer.strengths, value }, richer),
        GRID.indexOf(richer.strengths.value),
      ),
    );
  }
  const pairs = pairsOf(columns, best);
  if (pairs.length > 0) {
    const paired = encoded([...best.encodings, ...pairs]);
    const { strengths } = best;
    best = better(best, { ...descent((pair) => tried(paired, { ...strengths, pair }), 4), pairs });
  }
  for (const share of HALF_LIVES) best = forgetting(best, Math.round(share * outcomes.length));
  const judged = outcomes.subarray(boundary(FOLDS[1][0], outcomes.length));
  const logOdds = best.logOdds.slice(-judged.length);
  const calibration = calibrationOf(logOdds, judged);
  const probabilities = logOdds.map((value) => sigmoid(boundedLogOdds(calibration, value)));
  const threshold = thresholdOf({ probabilities, outcomes: judged });
  return { strengths: best.strengths, pairs: best.pairs, calibration, threshold };
};

/**
 * With a half-life, if it is better on the newest fold by more than one standard error. The penalty is chosen anew, and by that fold
 * alone: before a change of the truth every weight is wrong, and the best ones are none.
 */
const forgetting = (known: Tried, halfLife: number): Tried => {
  const found = descent(
    (value) => tried(known, { ...known.strengths, value, halfLife }, known),
    GRID.indexOf(known.strengths.value),
    newestLosses,
  );
  const losses = newestLosses(found);
  const gains = newestLosses(known).map((loss, row) => loss - losses[row]!);
  return isGain(gains) ? { ...found, pairs: known.pairs } : known;
};

const newestLosses = ({ losses, outcomes }: Tried): Float64Array =>
  losses.subarray(boundary(FOLDS[1][0], outcomes.length) - boundary(FOLDS[0][0], outcomes.length));

const encodingsOf = (columns: readonly Column[]): { base: Encoding[]; curves: Encoding[] } => {
  const [base, curves]: [Encoding[], Encoding[]] = [[], []];
  for (const column of columns) {
    const floor = Math.max(MIN_ROWS_OF_VALUE, MIN_SHARE_OF_VALUE * column.values.length);
    const encoding = isNumeric(column) ? numberEncodingOf(column) : textEncodingOf(column, floor);
    if (encoding === undefined) continue;
    base.push(encoding);
    if (encoding.kind === 'number' && encoding.knots.length > 2) curves.push({ ...encoding, kind: 'curve' });
  }
  return { base, curves };
};

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The best strength of the grid, searched from `at` in the direction in which the loss falls. */
const descent = (
  attempt: (strength: number) => Tried,
  at: number,
  judged: (tried: Tried) => Float64Array = ({ losses }) => losses,
): Tried => {
  let best = attempt(GRID[at]!);
  for (const direction of [1, -1]) {
    let moved = false;
    for (let i = at + direction; i >= 0 && i < GRID.length; i += direction) {
      const next = attempt(GRID[i]!);
      if (meanOf(judged(next)) >= meanOf(judged(best))) break;
      [best, moved] = [next, true];
    }
    if (moved) break;
  }
  return best;
};

const better = (simple: Tried, richer: Tried): Tried =>
  isGain(
    simple.losses.map((loss, row) => loss - richer.losses[row]!),
    MIN_ERRORS,
  )
    ? richer
    : simple;

const boundary = (share: number, rows: number): number => Math.floor(share * rows);

const tried = (encoded: Encoded, strengths: Strengths, near?: Tried): Tried => {
  const { features, encodings, outcomes } = encoded;
  const logOdds = new Float64Array(outcomes.length - boundary(FOLDS[0][0], outcomes.length));
  const losses = new Float64Array(logOdds.length);
  const starts: Float64Array[] = [];
  let at = 0;
  FOLDS.forEach(([from, to], i) => {
    const [start, end] = [boundary(from, outcomes.length), boundary(to, outcomes.length)];
    const part = {
      features: rowsBetween(features, 0, start),
      encodings,
      outcomes: outcomes.subarray(0, start),
    };
    const weights = fit(part, strengths, 'rough', near?.starts[i] ?? starts[i - 1]);
    starts.push(weights);
    multiply(rowsBetween(features, start, end), weights, logOdds.subarray(at, at + end - start));
    for (let row = start; row < end; row += 1, at += 1) losses[at] = lossOf(logOdds[at]!, outcomes[row]!);
  });
  return { ...encoded, strengths, pairs: [], logOdds, losses, starts };
};

const fit = (
  { features, encodings, outcomes }: Encoded,
  strengths: Strengths,
  precision: 'exact' | 'rough',
  start?: Float64Array,
): Float64Array => {
  const { value, curve = value, pair = value, halfLife } = strengths;
  const penalty = { intercept: INTERCEPT_PENALTY, linear: value, value, curve, pair };
  const last = outcomes.length - 1;
  const importance = new Float64Array(outcomes.length).fill(1);
  if (halfLife !== undefined)
    importance.forEach((_, row) => (importance[row] = 2 ** ((row - last) / halfLife)));
  return fitLogisticRegression(
    {
      rows: features,
      outcomes,
      importance,
      penalties: Float64Array.from(featureParts(encodings), (part) => penalty[part]),
    },
    { start, precision },
  );
};

/** Pairs that explain what the model leaves of the rows it was trained on. */
const pairsOf = (columns: readonly Column[], { features, outcomes, starts }: Tried): PairEncoding[] => {
  const end = boundary(FOLDS[0][0], outcomes.length);
  const probabilities = new Float64Array(end);
  multiply(rowsBetween(features, 0, end), starts[0]!, probabilities);
  probabilities.forEach((logOdds, row) => (probabilities[row] = sigmoid(logOdds)));
  return rankedPairs(
    columns.map((column) => columnBetween(column, 0, end)),
    {
      residuals: probabilities.map((probability, row) => outcomes[row]! - probability),
      curvature: probabilities.map((probability) => probability * (1 - probability)),
    },
  )
    .filter(({ strength }) => strength > MIN_PAIR_STRENGTH)
    .slice(0, MAX_PAIRS)
    .map(({ pair }) => pair);
};
