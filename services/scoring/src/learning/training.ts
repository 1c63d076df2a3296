import {
  averagesOf,
  brierOf,
  columnBetween,
  columnsUsedBy,
  countOutcomes,
  historyBetween,
  isGain,
  logOddsOf,
  lossOf,
  probabilitiesOf,
  rocOf,
  study,
  train,
  type Averages,
  type Column,
  type Drift,
  type LeftOut,
  type Metrics,
  type Model,
  type OutcomeCount,
  type RocPoint,
  type Weight,
} from '@baton/learning';
import { columnsOfFacts } from './fact-columns.js';
import type { Facts } from './facts.js';

const HOLDOUT = 0.2;
const MAX_WEIGHTS = 100;
const MAX_DRIFTS = 20;
const MAX_ROC_POINTS = 100;
/** Of each kind, unseen by both models: fewer say nothing about which is better. */
const MIN_COMPARED = 20;

/** A hand-off with what was known when it was made, and whether it was worth it. */
export interface Example {
  readonly facts: Facts;
  readonly label: 0 | 1;
  /** When it was offered, ms since 1970. */
  readonly at: number;
}

/** The model in use, and the newest hand-off it was trained on. */
export interface ActiveModel {
  readonly model: Model;
  readonly until: number;
}

/** How a model does on the newest fifth of the hand-offs, which it was not trained on. */
export interface Report {
  readonly examples: number;
  readonly trained: OutcomeCount;
  readonly newest: OutcomeCount;
  readonly metrics: Metrics;
  readonly roc: readonly RocPoint[];
  readonly weights: readonly Weight[];
  readonly leftOut: readonly LeftOut[];
  readonly drift: readonly Drift[];
  readonly warnings: readonly string[];
}

export interface Training {
  /** Trained on all examples. */
  readonly model: Model;
  readonly averages: Averages;
  readonly report: Report;
  /** Why the model must not replace the active one; null when it may. */
  readonly refusal: string | null;
}

/**
 * Judges a model on the newest examples, then trains it on all.
 * @param examples oldest first
 * @throws CannotLearn with too few outcomes
 */
export const trainOn = (examples: readonly Example[], active?: ActiveModel): Training => {
  const outcomes = Float64Array.from(examples, ({ label }) => label);
  const found = study(
    { columns: columnsOfFacts(examples.map(({ facts }) => facts)), outcomes },
    { holdout: HOLDOUT },
  );
  const { columns, metrics } = found;
  const model = train({ columns, outcomes });
  const newest = historyBetween({ columns, outcomes }, found.trained, outcomes.length);
  return {
    model,
    averages: averagesOf(model, columns, outcomes.length),
    report: {
      examples: outcomes.length,
      ...found.outcomes,
      metrics,
      roc: thinned(rocOf({ probabilities: found.probabilities, outcomes: newest.outcomes })),
      weights: found.weights.slice(0, MAX_WEIGHTS),
      leftOut: found.leftOut,
      drift: found.drift.slice(0, MAX_DRIFTS),
      warnings: found.warnings,
    },
    refusal:
      refusalOf(metrics) ??
      (active ? worseThan(active, examples.slice(found.trained), found.model, columns) : null),
  };
};

const refusalOf = ({ auc, brier, brierOfBaseRate }: Metrics): string | null => {
  if (auc === undefined)
    return 'The newest hand-offs have one kind of outcome only: the model cannot be judged.';
  if (auc <= 0.5 || brier >= brierOfBaseRate)
    return `The model is no better than the share of accepted hand-offs (AUC ${auc.toFixed(3)}, Brier ${brier.toFixed(4)} against ${brierOfBaseRate.toFixed(4)}).`;
  return null;
};

/** Compares with the active model on hand-offs that neither was trained on. */
const worseThan = (
  active: ActiveModel,
  newest: readonly Example[],
  candidate: Model,
  columns: readonly Column[],
): string | null => {
  const unseen = newest.filter(({ at }) => at > active.until);
  const outcomes = Float64Array.from(unseen, ({ label }) => label);
  const { positive, negative } = countOutcomes(outcomes);
  if (Math.min(positive, negative) < MIN_COMPARED) return null;
  const rows = columns[0]!.values.length;
  const own = columns.map((column) => columnBetween(column, rows - unseen.length, rows));
  const theirs = columnsOfFacts(
    unseen.map(({ facts }) => facts),
    columnsUsedBy(active.model),
  );
  const [before, after] = [
    logOddsOf(active.model, theirs, unseen.length),
    logOddsOf(candidate, own, unseen.length),
  ];
  const gains = outcomes.map((outcome, row) => lossOf(after[row]!, outcome) - lossOf(before[row]!, outcome));
  if (!isGain(gains)) return null;
  const [old, next] = [
    brierOf({ probabilities: probabilitiesOf(active.model, theirs, unseen.length), outcomes }),
    brierOf({ probabilities: probabilitiesOf(candidate, own, unseen.length), outcomes }),
  ];
  return `On the ${unseen.length} newest hand-offs the active model is better (Brier ${old.toFixed(4)} against ${next.toFixed(4)}).`;
};

/** Evenly spaced points, the first and the last among them. */
const thinned = (points: readonly RocPoint[]): RocPoint[] => {
  if (points.length <= MAX_ROC_POINTS) return [...points];
  const step = (points.length - 1) / (MAX_ROC_POINTS - 1);
  return Array.from({ length: MAX_ROC_POINTS }, (_, i) => points[Math.round(i * step)]!);
};
