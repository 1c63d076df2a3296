import { describedColumns } from './described-columns.js';
import type { Lesson } from './lesson.js';
import { warningsOf } from './warnings.js';

/** The JSON of `--json`; its names are documented in docs/learning.md and stay. */
export const documentOf = (lesson: Lesson): object => {
  const { file, table, history, study, walk } = lesson;
  const { positive, negative, guessed, open } = history.labels;
  return {
    file,
    separator: table.delimiter,
    rows: {
      total: table.rows.length,
      withoutOutcome: history.withoutOutcome,
      used: history.outcomes.length,
      trained: study.trained,
      newest: study.probabilities.length,
    },
    outcome: { positive, negative, open, guessed, ...study.outcomes },
    order: { by: history.at ?? null, kind: history.order.kind, missing: history.order.missing },
    columns: describedColumns(lesson),
    leftOut: [
      ...history.unwanted.map((column) => ({ column, kind: 'asked', reason: 'is named by --leave-out' })),
      ...study.leftOut,
    ],
    metrics: {
      ...study.metrics,
      auc: study.metrics.auc ?? null,
      precision: study.metrics.precision ?? null,
      recall: study.metrics.recall ?? null,
    },
    weights: study.weights.map((weight) => ({ ...weight, value: weight.value ?? null })),
    model: {
      strengths: study.model.strengths,
      calibration: study.model.calibration,
      features: study.model.weights.length,
    },
    drift: study.drift,
    warnings: warningsOf(lesson),
    walk: walk === undefined ? null : walkDocument(walk),
  };
};

const walkDocument = ({
  newest: _,
  walk,
  once,
  walkOnNewest,
  ...rest
}: NonNullable<Lesson['walk']>): object => ({
  ...rest,
  auc: walk.auc ?? null,
  brier: walk.brier,
  once: { auc: once.auc ?? null, brier: once.brier },
  newest: walkOnNewest ? { auc: walkOnNewest.auc ?? null, brier: walkOnNewest.brier } : null,
});
