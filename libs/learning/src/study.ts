import type { Column } from './column.js';
import { agesOf } from './column-of-texts.js';
import { driftOf, MAX_STABLE_INDEX, type Drift } from './drift.js';
import { countOutcomes, tooFewOutcomes, type OutcomeCount } from './enough-outcomes.js';
import { suspiciousOf } from './leakage.js';
import { leftOutOf, usedOf, type LeftOut } from './left-out.js';
import { metricsOf, type Metrics } from './metrics.js';
import { probabilitiesOf, type Model } from './model.js';
import { historyBetween, train, type History } from './train.js';
import { weightsOf, type Weight } from './weights.js';

export interface StudyOptions {
  /** Share of the rows, the newest ones, that the model is judged on and not trained on. */
  readonly holdout: number;
  /** Instant of each row in milliseconds, NaN where unknown; dates become ages at that instant. */
  readonly instants?: Float64Array | undefined;
  /** Columns that are used although they look as if they were filled after the outcome. */
  readonly keep?: ReadonlySet<string> | 'all';
}

/** A model of the oldest rows and how it does on the newest. */
export interface Study {
  /** Rows that are trained on: the first ones. */
  readonly trained: number;
  readonly outcomes: { readonly trained: OutcomeCount; readonly newest: OutcomeCount };
  readonly leftOut: readonly LeftOut[];
  readonly model: Model;
  readonly metrics: Metrics;
  readonly weights: readonly Weight[];
  readonly drift: readonly Drift[];
  /** Sentences for a person. */
  readonly warnings: readonly string[];
  /** The columns the model uses, dates as ages, of all rows. */
  readonly columns: readonly Column[];
  /** One for each of the newest rows. */
  readonly probabilities: Float64Array;
}

/** Why a history cannot be learned from, as a sentence. */
export class CannotLearn extends Error {
  override readonly name = 'CannotLearn';
}

/** Rows of the oldest part; the rest is the newest. */
export const trainedRows = (rows: number, holdout: number): number => Math.floor(rows * (1 - holdout) + 1e-9);

/**
 * Trains on the oldest rows of a history and judges on the newest.
 * @param history in order of time, oldest first
 * @throws CannotLearn with too few outcomes, or without a column that says anything
 */
export const study = (history: History, { holdout, instants, keep }: StudyOptions): Study => {
  const rows = history.outcomes.length;
  const trained = trainedRows(rows, holdout);
  const fault = tooFewOutcomes(history.outcomes, history.outcomes.subarray(0, trained));
  if (fault !== undefined) throw new CannotLearn(fault);
  const leftOut = leftOutOf(historyBetween(history, 0, trained), {
    instants: instants?.subarray(0, trained),
    ...(keep !== undefined && { keep }),
  });
  const columns = agesOf(
    history.columns.flatMap((column) => usedOf(column, leftOut) ?? []),
    instants,
  );
  if (columns.length === 0) throw new CannotLearn('No column is left to learn from.');
  const used = { columns, outcomes: history.outcomes };
  const [older, newer] = [historyBetween(used, 0, trained), historyBetween(used, trained, rows)];
  const model = train(older);
  const probabilities = probabilitiesOf(model, newer.columns, rows - trained);
  const count = countOutcomes(older.outcomes);
  const metrics = metricsOf(
    { probabilities, outcomes: newer.outcomes },
    { threshold: model.threshold, baseRate: count.positive / trained },
  );
  const drift = driftOf(older.columns, newer.columns);
  return {
    trained,
    outcomes: { trained: count, newest: countOutcomes(newer.outcomes) },
    leftOut,
    model,
    metrics,
    weights: weightsOf(model, older.columns, trained),
    drift,
    warnings: [
      ...outcomeWarnings(older.outcomes, newer.outcomes),
      ...strengthWarnings(older),
      ...driftWarnings(drift),
      ...metricWarnings(metrics),
    ],
    columns,
    probabilities,
  };
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
/** Outcomes of the rarer kind below which figures of the newest part vary much by chance. */
const MIN_JUDGED = 40;
const MAX_NAMED = 5;

const outcomeWarnings = (older: Float64Array, newer: Float64Array): string[] => {
  const [before, after] = [countOutcomes(older), countOutcomes(newer)];
  const few = Math.min(after.positive, after.negative);
  const [p, q] = [before.positive / older.length, after.positive / newer.length];
  const error = Math.sqrt((p * (1 - p)) / newer.length);
  return [
    ...(few < MIN_JUDGED
      ? [
          `The newest part has ${after.positive} positive and ${after.negative} negative outcomes: its figures vary much by chance.`,
        ]
      : []),
    ...(Math.abs(p - q) > 5 * error && (q > 1.5 * p || q < p / 1.5)
      ? [
          `${percent(q)} of the newest rows are positive, ${percent(p)} of the older ones: the outcomes have changed.`,
        ]
      : []),
  ];
};

const strengthWarnings = ({ columns, outcomes }: History): string[] =>
  suspiciousOf(columns, outcomes).map(
    ({ column, auc }) =>
      `${column} predicts the outcome very well alone (AUC ${auc.toFixed(3)}). If it is filled after the outcome, leave it out.`,
  );

const driftWarnings = (drift: readonly Drift[]): string[] => {
  const changed = drift.filter(({ index }) => index > MAX_STABLE_INDEX);
  if (changed.length === 0) return [];
  const named = changed.slice(0, MAX_NAMED).map(({ column, index }) => `${column} (${index.toFixed(2)})`);
  const rest = changed.length - named.length;
  return [
    `Drift: the newest rows differ from the older ones in ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''} (population stability index above ${MAX_STABLE_INDEX}). Train again often.`,
  ];
};

const metricWarnings = ({ auc, brier, brierOfBaseRate }: Metrics): string[] => [
  ...(auc === undefined ? ['The newest part has one kind of outcome only: no AUC can be computed.'] : []),
  ...(auc !== undefined && auc < 0.55
    ? [`AUC ${auc.toFixed(3)} on the newest rows is hardly better than chance (0.5).`]
    : []),
  ...(brier >= brierOfBaseRate
    ? ['The probabilities are no better than giving every row the share of positives: do not use them.']
    : []),
];
