import { Button } from '@mantine/core';
import { BrainCircuit } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMe } from '../session/session.js';
import { SOURCE_ROLES } from '../session/session.js';
import { formatDateTime } from '../time/format.js';
import { formatCount } from '../ui/count.js';
import { Notice } from '../ui/notice.js';
import { Panel } from '../ui/page.js';
import { Empty, Failure, Loaded } from '../ui/states.js';
import { decimal, outcomesSentence, percent, shownModels, warningsOf, type NamedModel } from './figures.js';
import { useLearnedModels, useOutcomes, useTrain, useTrainings } from './learning.js';
import classes from './model-lab.module.css';
import { CalibrationPlot, GainPlot, RocPlot, TrendPlot, WeightPlot } from './model-plots.js';
import { FigureTable } from './plot.js';

/** The active and the newest model that were learned from the verdicts of sales, with their figures. */
export const LearnedModels = (): ReactNode => {
  const trainings = useTrainings();
  return (
    <Panel
      title="What the verdicts teach"
      note="A model learned from what became of hand-offs gives each lead a probability. It changes no points."
      actions={<TrainButton />}
    >
      <Loaded query={trainings}>
        {(all) => {
          const shown = shownModels(all);
          return shown.length === 0 ? (
            <NotTrained />
          ) : (
            <>
              <Figures shown={shown} />
              <TrendPlot trainings={all} />
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
};

const TrainButton = (): ReactNode => {
  const train = useTrain();
  if (!SOURCE_ROLES.includes(useMe().role)) return null;
  return (
    <div>
      <Button size="xs" variant="default" loading={train.isPending} onClick={() => train.mutate()}>
        Train now
      </Button>
      {train.error && <Failure fault={train.error} />}
    </div>
  );
};

const NotTrained = (): ReactNode => (
  <Empty icon={<BrainCircuit />} title="No model has been trained yet">
    <Loaded query={useOutcomes()} lines={1}>
      {(outcomes) => <>{outcomesSentence(outcomes)} Trained once a day as soon as there are enough.</>}
    </Loaded>
  </Empty>
);

const Figures = ({ shown }: { shown: readonly { name: string; id: string }[] }): ReactNode => (
  <Loaded query={useLearnedModels(shown.map(({ id }) => id))}>
    {(loaded) => {
      const models = loaded.map((model, at) => ({ name: shown[at]!.name, model }));
      return (
        <>
          <Summary models={models} />
          {models.map((each) => (
            <Warnings key={each.name} {...each} />
          ))}
          <div className={classes.plots}>
            <RocPlot models={models} />
            <CalibrationPlot models={models} />
            <GainPlot models={models} />
            {models.map((each) => (
              <WeightPlot key={each.name} {...each} />
            ))}
          </div>
        </>
      );
    }}
  </Loaded>
);

const ROWS: readonly [string, (model: NamedModel['model']) => string][] = [
  ['Trained', ({ trainedAt }) => formatDateTime(trainedAt)],
  ['Hand-offs it was judged on', ({ newest }) => formatCount(newest.positive + newest.negative)],
  ['Threshold', ({ threshold }) => percent(threshold)],
  ['Worth it, and predicted', ({ confusion }) => formatCount(confusion.truePositives)],
  ['Not worth it, but predicted', ({ confusion }) => formatCount(confusion.falsePositives)],
  ['Worth it, but missed', ({ confusion }) => formatCount(confusion.falseNegatives)],
  ['Not worth it, and not predicted', ({ confusion }) => formatCount(confusion.trueNegatives)],
  ['Precision', ({ precision }) => percent(precision)],
  ['Recall', ({ recall }) => percent(recall)],
  ['AUC', ({ auc }) => decimal(auc)],
  [
    'Brier score',
    ({ brier, brierOfBaseRate }) => `${decimal(brier)} (of chance ${decimal(brierOfBaseRate)})`,
  ],
];

/** Figures on the newest fifth of the hand-offs, with the confusion matrix at the threshold. */
const Summary = ({ models }: { models: readonly NamedModel[] }): ReactNode => (
  <FigureTable
    rows="On the newest fifth of the hand-offs"
    columns={models.map(({ name }) => name)}
    body={ROWS.map(([label, of]) => [label, ...models.map(({ model }) => of(model))])}
  />
);

const Warnings = ({ name, model }: NamedModel): ReactNode => {
  const warnings = warningsOf(model);
  if (warnings.length === 0) return null;
  return (
    <Notice title={`${name} model`}>
      <ul className={classes.list}>
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </Notice>
  );
};
