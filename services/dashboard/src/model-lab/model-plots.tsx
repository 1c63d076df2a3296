import type { ReactNode } from 'react';
import type { LearnedModelFigures } from '../api/shapes.js';
import { formatDateTime } from '../time/format.js';
import { formatCount } from '../ui/count.js';
import { decimal, foundAt, percent, type NamedModel } from './figures.js';
import { LineChart, Plot, WeightChart, type Line } from './plot.js';

interface ModelsProps {
  models: readonly NamedModel[];
}

const MAX_BARS = 12;
const TENTHS = Array.from({ length: 10 }, (_, i) => (i + 1) / 10);
const linesOf = (
  models: readonly NamedModel[],
  points: (model: NamedModel['model']) => Line['points'],
): Line[] => models.map(({ name, model }) => ({ name, points: points(model) }));
const diagonal = (name: string): Line => ({
  name,
  quiet: true,
  points: [
    [0, 0],
    [1, 1],
  ],
});

/** How many of the good hand-offs are found for how many of the bad ones. */
export const RocPlot = ({ models }: ModelsProps): ReactNode => (
  <Plot
    title="ROC curve"
    note={models.map(({ name, model }) => `${name}: AUC ${decimal(model.auc)}`).join(' · ')}
    figures={{
      rows: 'Of those not worth it, taken with them',
      columns: models.map(({ name }) => `${name}: of those worth it, found`),
      body: TENTHS.map((rate) => [
        percent(rate),
        ...models.map(({ model }) => percent(foundAt(model, rate))),
      ]),
    }}
  >
    <LineChart
      label="ROC curve; the table below has the figures"
      x="Of those not worth it"
      y="Of those worth it"
      lines={[
        ...linesOf(models, ({ roc }) =>
          roc.map((point) => [point.falsePositiveRate, point.truePositiveRate]),
        ),
        diagonal('Chance'),
      ]}
    />
  </Plot>
);

/** Whether of those with 30 % about 30 % are worth it. */
export const CalibrationPlot = ({ models }: ModelsProps): ReactNode => (
  <Plot
    title="Calibration"
    note={models
      .map(({ name, model }) => `${name}: off by ${percent(model.calibrationError)} on average`)
      .join(' · ')}
    figures={{
      rows: 'Probability',
      columns: ['Hand-offs', 'Predicted', 'Really worth it'],
      body: models.flatMap(({ name, model }) =>
        model.calibration.map((bin) => [
          `${name}: ${percent(bin.from)} to ${percent(bin.to)}`,
          formatCount(bin.rows),
          percent(bin.predicted),
          percent(bin.observed),
        ]),
      ),
    }}
  >
    <LineChart
      label="Predicted probability and real share in ten groups; the table below has the figures"
      x="Predicted"
      y="Really worth it"
      lines={[
        ...linesOf(models, ({ calibration }) => calibration.map((bin) => [bin.predicted, bin.observed])),
        diagonal('Exact'),
      ]}
    />
  </Plot>
);

/** What calling the most likely leads first gains. */
export const GainPlot = ({ models }: ModelsProps): ReactNode => (
  <Plot
    title="Gain and lift"
    note="Hand-offs with the highest probability first: how many of the good ones are among them."
    figures={{
      rows: 'Best hand-offs by probability',
      columns: models.flatMap(({ name }) => [`${name}: found`, `${name}: times chance`]),
      body: (models[0]?.model.lift ?? []).map(({ share }, at) => [
        percent(share),
        ...models.flatMap(({ model }) => [
          percent(model.lift[at]?.captured ?? null),
          model.lift[at]?.lift.toFixed(2) ?? '–',
        ]),
      ]),
    }}
  >
    <LineChart
      label="Gain curve; the table below has the figures"
      x="Of all hand-offs"
      y="Of those worth it"
      lines={[
        ...linesOf(models, ({ lift }) => [
          [0, 0],
          ...lift.map(({ share, captured }) => [share, captured] as const),
        ]),
        diagonal('Chance'),
      ]}
    />
  </Plot>
);

/** The largest weights of a model, in words. */
export const WeightPlot = ({ name, model }: NamedModel): ReactNode => {
  const largest = model.weights.slice(0, MAX_BARS);
  return (
    <Plot
      title={`What counts: ${name.toLowerCase()} model`}
      note="Change of the odds that a hand-off is worth it."
      figures={{
        rows: 'Fact',
        columns: ['Weight', 'Hand-offs'],
        body: largest.map(({ words, weight, rows }) => [words, weight.toFixed(2), formatCount(rows)]),
      }}
    >
      <WeightChart
        label={`Largest weights of the ${name.toLowerCase()} model; the table below has them in words`}
        bars={largest.map(({ words, weight }) => ({ name: words.split(/[,:]/)[0]!, value: weight }))}
      />
    </Plot>
  );
};

/** Figures of past trainings, oldest first. */
export const TrendPlot = ({ trainings }: { trainings: readonly LearnedModelFigures[] }): ReactNode => {
  const ordered = trainings.toReversed();
  const line = (name: string, of: (training: LearnedModelFigures) => number | null): Line => ({
    name,
    points: ordered.flatMap((training, at) => {
      const value = of(training);
      return value === null ? [] : [[at, value] as const];
    }),
  });
  return (
    <Plot
      title="Past trainings"
      note="AUC: higher is better, 0.5 is chance. Brier score: lower is better."
      figures={{
        rows: 'Trained',
        columns: ['Hand-offs', 'AUC', 'Brier', 'Brier of chance', 'Log loss', 'Activated'],
        body: trainings.map((training) => [
          formatDateTime(training.trainedAt),
          formatCount(training.examples),
          decimal(training.auc),
          decimal(training.brier),
          decimal(training.brierOfBaseRate),
          decimal(training.logLoss),
          training.refusal === null ? 'yes' : 'no',
        ]),
      }}
    >
      <LineChart
        label="AUC and Brier score of past trainings; the table below has the figures"
        x=""
        y=""
        percent={false}
        places={ordered.map(({ trainedAt }) => formatDateTime(trainedAt))}
        lines={[line('AUC', ({ auc }) => auc), line('Brier score', ({ brier }) => brier)]}
      />
    </Plot>
  );
};
