import { isNumeric, type Column } from './column.js';
import { contributionsOf, type Contribution } from './contributions.js';
import { groupIndexes, type Grouping } from './pair-encoding.js';
import type { Model } from './model.js';

/** What one fact weighs in a model. */
export interface Weight {
  /** Name of the column, `a × b` of a pair. */
  readonly column: string;
  /** Undefined for a number: the weight is of one standard deviation more. */
  readonly value?: string;
  /**
   * Change of the log odds. Of a number: the slope per standard deviation. Of a column with two values: the value against the other
   * one. Of another value: against the average of all rows.
   */
  readonly weight: number;
  /** Standard deviation of the column's contribution to the log odds. */
  readonly effect: number;
  /** Training rows that have the value. */
  readonly rows: number;
}

/** Rows a value needs to be listed. */
const MIN_ROWS = 10;
/** Combinations listed of each pair. */
const MAX_CELLS = 3;

/** Weights as seen in the rows of the training, largest first. */
export const weightsOf = (model: Model, columns: readonly Column[], rows: number): Weight[] => {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return contributionsOf(model, columns, rows)
    .flatMap((contribution) => {
      if (contribution.columns.length === 2)
        return pairWeights(contribution, groupingsOf(model, contribution), byName);
      const column = byName.get(contribution.columns[0]!)!;
      return isNumeric(column)
        ? numberWeights(column, contribution)
        : valueWeights(column.name, column.values, contribution);
    })
    .sort((a, b) => sizeOf(b) - sizeOf(a) || (`${a.column} ${a.value}` < `${b.column} ${b.value}` ? -1 : 1));
};

/** A number can have a large effect and no slope: low and high values weigh the same. */
const sizeOf = ({ value, weight, effect }: Weight): number =>
  value === undefined ? Math.max(Math.abs(weight), effect) : Math.abs(weight);

const meanOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i]!;
  return values.length === 0 ? 0 : sum / values.length;
};
const deviationOf = (values: ArrayLike<number>): number => {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(Array.from(values, (value) => (value - mean) ** 2)));
};

const numberWeights = (column: Column & { values: Float64Array }, { values }: Contribution): Weight[] => {
  const known = [...values.keys()].filter((row) => !Number.isNaN(column.values[row]));
  const [x, y] = [known.map((row) => column.values[row]!), known.map((row) => values[row]!)];
  const [meanX, meanY, deviation] = [meanOf(x), meanOf(y), deviationOf(x)];
  const slope =
    deviation === 0 ? 0 : meanOf(x.map((value, i) => (value - meanX) * (y[i]! - meanY))) / deviation;
  const effect = deviationOf(values);
  const missing = [...values.keys()].filter((row) => Number.isNaN(column.values[row]));
  return [
    { column: column.name, weight: slope, effect, rows: known.length },
    ...(missing.length >= MIN_ROWS
      ? [
          {
            column: column.name,
            value: 'missing',
            weight: meanOf(missing.map((row) => values[row]!)) - meanOf(values),
            effect,
            rows: missing.length,
          },
        ]
      : []),
  ];
};

const valueWeights = (
  name: string,
  keys: readonly (string | undefined)[],
  { values }: Contribution,
): Weight[] => {
  const groups = new Map<string, { rows: number; sum: number }>();
  keys.forEach((key, row) => {
    const group = groups.get(key ?? 'missing') ?? { rows: 0, sum: 0 };
    groups.set(key ?? 'missing', { rows: group.rows + 1, sum: group.sum + values[row]! });
  });
  const [average, effect] = [meanOf(values), deviationOf(values)];
  const weights = [...groups]
    .filter(([, group]) => group.rows >= MIN_ROWS)
    .map(([value, { rows, sum }]) => ({ column: name, value, weight: sum / rows - average, effect, rows }))
    .sort((a, b) => (a.value < b.value ? 1 : -1));
  const [one, other] = weights;
  return weights.length === 2 ? [{ ...one!, weight: one!.weight - other!.weight }] : weights;
};

const groupingsOf = (model: Model, { columns }: Contribution): readonly [Grouping, Grouping] => {
  for (const encoding of model.encodings)
    if (encoding.kind === 'pair' && encoding.first.name === columns[0] && encoding.second.name === columns[1])
      return [encoding.first, encoding.second];
  throw new Error(`no pair ${columns.join(' × ')}`);
};

const pairWeights = (
  contribution: Contribution,
  groupings: readonly [Grouping, Grouping],
  columns: ReadonlyMap<string, Column>,
): Weight[] => {
  const [first, second] = groupings.map((grouping) => ({
    grouping,
    groups: groupIndexes(grouping, columns.get(grouping.name)!),
  }));
  const keys = Array.from(
    contribution.values,
    (_, row) =>
      `${groupLabel(first!.grouping, first!.groups[row]!)} and ${groupLabel(second!.grouping, second!.groups[row]!)}`,
  );
  return valueWeights(contribution.columns.join(' × '), keys, contribution)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MAX_CELLS);
};

/** A group in words: `3 to 7`, `at least 7`, `web`, `other`. */
export const groupLabel = (grouping: Grouping, group: number): string => {
  if ('levels' in grouping) return grouping.levels[group] ?? 'other';
  const { cuts } = grouping;
  if (group > cuts.length) return 'missing';
  const [from, to] = [cuts[group - 1], cuts[group]].map((cut) => cut && Number(cut.toPrecision(4)));
  if (from === undefined) return to === undefined ? 'any' : `below ${to}`;
  return to === undefined ? `at least ${from}` : `${from} to ${to}`;
};
