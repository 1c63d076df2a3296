import type { CalibrationBin, LiftPoint, Weight } from '@baton/learning';
import { table } from '../table.js';
import { describedColumns, type DescribedColumn } from './described-columns.js';
import type { Lesson } from './lesson.js';
import type { Accuracy } from './walk-report.js';
import { warningsOf } from './warnings.js';

const MAX_WEIGHTS = 15;
const MAX_NEGATIVES = 3;

/** The result for a person. */
export const reportOf = (lesson: Lesson, predictions?: string): string =>
  [
    rowsPart(lesson),
    columnsPart(lesson),
    leftOutPart(lesson),
    warningsPart(lesson),
    metricsPart(lesson),
    calibrationPart(lesson.study.metrics.calibration),
    liftPart(lesson.study.metrics.lift),
    weightsPart(lesson.study.weights),
    walkPart(lesson),
    predictions === undefined
      ? ''
      : `Probabilities of the ${lesson.study.probabilities.length} newest rows are in ${predictions}.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const figure = (value: number | undefined): string => value?.toFixed(3) ?? '–';
const separatorName = (delimiter: string): string => (delimiter === '\t' ? 'tab' : `"${delimiter}"`);

const rowsPart = ({ file, table: { delimiter, rows, names }, history, study }: Lesson): string => {
  const { positive, negative, guessed } = history.labels;
  const others = negative
    .slice(0, MAX_NEGATIVES)
    .map((value) => `"${value}"`)
    .join(', ');
  const rest = negative.length > MAX_NEGATIVES ? ` and ${negative.length - MAX_NEGATIVES} more` : '';
  const order = history.at === undefined ? 'as in the file' : `by ${history.at} (${history.order.kind})`;
  const { trained, newest } = study.outcomes;
  return [
    `${file}: ${rows.length} rows, ${names.length} columns, separator ${separatorName(delimiter)}.`,
    `Positive is "${positive}"${guessed ? ' (guessed; --positive VALUE changes it)' : ''}, negative ${others}${rest}.`,
    `Order ${order}: trained on the oldest ${study.trained} rows (${trained.positive} positive), judged on the newest ${study.probabilities.length} (${newest.positive} positive).`,
  ].join('\n');
};

const columnsPart = (lesson: Lesson): string =>
  table<DescribedColumn>(
    [
      { title: 'COLUMN', value: ({ name }) => name },
      { title: 'TYPE', value: ({ type }) => type },
      { title: 'MISSING', value: ({ missing }) => missing, right: true },
      { title: 'DISTINCT', value: ({ distinct }) => distinct, right: true },
      { title: 'USED', value: ({ used }) => (used ? 'yes' : 'no') },
      { title: 'VALUES', value: ({ values }) => values },
    ],
    describedColumns(lesson),
  );

const leftOutPart = ({ study: { leftOut }, history: { unwanted } }: Lesson): string => {
  const lines = [
    ...unwanted.map((column) => `  ${column} is named by --leave-out.`),
    ...leftOut.map(({ column, reason }) => `  ${column} ${reason}.`),
  ];
  if (lines.length === 0) return '';
  const leaking = leftOut.some(({ kind }) => !['empty', 'constant', 'identifier'].includes(kind));
  return [
    'Left out:',
    ...lines,
    ...(leaking
      ? ['  --keep A,B uses named columns all the same, --keep-leaking all that look filled afterwards.']
      : []),
  ].join('\n');
};

const warningsPart = (lesson: Lesson): string =>
  warningsOf(lesson)
    .map((warning) => `Warning: ${warning}`)
    .join('\n');

const metricsPart = ({ study: { metrics } }: Lesson): string => {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = metrics.confusion;
  return [
    `On the newest ${metrics.rows} rows:`,
    `  AUC        ${figure(metrics.auc)}   (0.5 is chance, 1 is perfect order)`,
    `  Brier      ${metrics.brier.toFixed(4)}  (${metrics.brierOfBaseRate.toFixed(4)} when every row gets the share of positives)`,
    `  log loss   ${metrics.logLoss.toFixed(4)}`,
    `  calibration error ${figure(metrics.calibrationError)}`,
    `At probability ${figure(metrics.threshold)} and above (best F1 in training): precision ${figure(metrics.precision)}, recall ${figure(metrics.recall)}.`,
    `  ${truePositives} positive found, ${falseNegatives} missed; ${falsePositives} negative taken for positive, ${trueNegatives} not.`,
  ].join('\n');
};

const calibrationPart = (bins: readonly CalibrationBin[]): string =>
  table<CalibrationBin>(
    [
      { title: 'PROBABILITY', value: ({ from, to }) => `${percent(from)} – ${percent(to)}` },
      { title: 'ROWS', value: ({ rows }) => rows, right: true },
      { title: 'PREDICTED', value: ({ predicted }) => percent(predicted), right: true },
      { title: 'OBSERVED', value: ({ observed }) => percent(observed), right: true },
    ],
    bins,
  );

const liftPart = (points: readonly LiftPoint[]): string =>
  points.length === 0
    ? ''
    : table<LiftPoint>(
        [
          { title: 'BEST', value: ({ share }) => percent(share), right: true },
          { title: 'ROWS', value: ({ rows }) => rows, right: true },
          { title: 'POSITIVE', value: ({ positives }) => positives, right: true },
          { title: 'LIFT', value: ({ lift }) => lift.toFixed(2), right: true },
          { title: 'OF ALL POSITIVE', value: ({ captured }) => percent(captured), right: true },
        ],
        points,
      );

const weightsPart = (weights: readonly Weight[]): string =>
  weights.length === 0
    ? ''
    : table<Weight>(
        [
          { title: 'LARGEST WEIGHTS', value: ({ column }) => column },
          { title: 'VALUE', value: ({ value }) => value ?? 'per standard deviation' },
          {
            title: 'LOG ODDS',
            value: ({ weight }) => (weight > 0 ? '+' : '') + weight.toFixed(2),
            right: true,
          },
          {
            title: 'ODDS',
            value: ({ weight }) => `× ${Number(Math.exp(weight).toPrecision(2))}`,
            right: true,
          },
          { title: 'ROWS', value: ({ rows }) => rows, right: true },
        ],
        weights.slice(0, MAX_WEIGHTS),
      );

const walkPart = ({ walk }: Lesson): string => {
  if (walk === undefined) return '';
  const said = ({ auc, brier }: Accuracy): string => `AUC ${figure(auc)}, Brier ${brier.toFixed(4)}`;
  return [
    `Walk: retrained ${walk.trainings} times, every ${walk.every} rows on the last ${walk.window}, over ${walk.rows} rows:`,
    `  retrained     ${said(walk.walk)}`,
    `  trained once  ${said(walk.once)} (on the first ${walk.window} rows)`,
    ...(walk.walkOnNewest ? [`  retrained, newest part only: ${said(walk.walkOnNewest)}`] : []),
  ].join('\n');
};
