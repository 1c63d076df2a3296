import { isNumeric, type Column } from './column.js';
import { bounded, knotBefore, type CurveEncoding, type NumberEncoding } from './number-encoding.js';
import { groupIndexes, groupsOf, type PairEncoding } from './pair-encoding.js';
import { SparseRowsBuilder, type SparseRows } from './sparse-rows.js';
import type { TextEncoding } from './text-encoding.js';

export type Encoding = NumberEncoding | CurveEncoding | TextEncoding | PairEncoding;
export type FeaturePart = 'intercept' | 'linear' | 'curve' | 'value' | 'pair';

/** Features of one encoding, next to each other. */
export const partsOf = (encoding: Encoding): FeaturePart[] => {
  if (encoding.kind === 'pair')
    return Array.from({ length: groupsOf(encoding.first) * groupsOf(encoding.second) }, () => 'pair');
  if (encoding.kind === 'curve') return encoding.knots.map(() => 'curve');
  const missing: FeaturePart[] = encoding.missing ? ['value'] : [];
  if (encoding.kind === 'number') return ['linear', ...missing];
  const values = encoding.levels.length + Number(encoding.others);
  return [...Array.from({ length: values }, () => 'value' as const), ...missing];
};

/** Parts of all features: the intercept first, then those of each encoding. */
export const featureParts = (encodings: readonly Encoding[]): FeaturePart[] => [
  'intercept',
  ...encodings.flatMap(partsOf),
];

type Writer = (row: number, builder: SparseRowsBuilder) => void;

/** The features of every row of the columns. */
export const featuresOf = (
  encodings: readonly Encoding[],
  columns: readonly Column[],
  rows: number,
): SparseRows => {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const writers: Writer[] = [];
  let offset = 1;
  for (const encoding of encodings) {
    writers.push(writerOf(encoding, (name) => byName.get(name) ?? absent(name, rows), offset));
    offset += partsOf(encoding).length;
  }
  const builder = new SparseRowsBuilder(rows, offset);
  for (let row = 0; row < rows; row += 1) {
    builder.add(0, 1);
    for (const write of writers) write(row, builder);
    builder.endRow();
  }
  return builder.build();
};

/** A column that the rows do not have: missing in each. */
const absent = (name: string, rows: number): Column => ({
  name,
  kind: 'text',
  values: new Array<undefined>(rows).fill(undefined),
});

type Lookup = (name: string) => Column;

const writerOf = (encoding: Encoding, columnNamed: Lookup, offset: number): Writer => {
  if (encoding.kind === 'pair') return pairWriter(encoding, columnNamed, offset);
  const column = columnNamed(encoding.name);
  if (encoding.kind === 'text') return textWriter(encoding, column, offset);
  return encoding.kind === 'number'
    ? numberWriter(encoding, column, offset)
    : curveWriter(encoding, column, offset);
};

const numberWriter = (encoding: NumberEncoding, column: Column, offset: number): Writer => {
  const { mean, deviation } = encoding;
  return (row, builder) => {
    const value = isNumeric(column) ? column.values[row]! : Number.NaN;
    if (!Number.isNaN(value)) builder.add(offset, (bounded(encoding, value) - mean) / deviation);
    else if (encoding.missing) builder.add(offset + 1, 1);
  };
};

const curveWriter = (encoding: CurveEncoding, column: Column, offset: number): Writer => {
  const { knots } = encoding;
  return (row, builder) => {
    const value = isNumeric(column) ? column.values[row]! : Number.NaN;
    if (Number.isNaN(value)) return;
    const place = bounded(encoding, value);
    const before = knotBefore(knots, place);
    const share = (place - knots[before]!) / (knots[before + 1]! - knots[before]!);
    builder.add(offset + before, 1 - share);
    builder.add(offset + before + 1, share);
  };
};

const textWriter = (encoding: TextEncoding, column: Column, offset: number): Writer => {
  const { levels, others } = encoding;
  const features = new Map(levels.map((value, i) => [value, offset + i]));
  return (row, builder) => {
    const value = column.values[row] as string | undefined;
    if (value === undefined) {
      if (encoding.missing) builder.add(offset + levels.length + Number(others), 1);
      return;
    }
    const feature = features.get(value) ?? (others ? offset + levels.length : undefined);
    if (feature !== undefined) builder.add(feature, 1);
  };
};

const pairWriter = ({ first, second }: PairEncoding, columnNamed: Lookup, offset: number): Writer => {
  const groups = groupIndexes(first, columnNamed(first.name));
  const others = groupIndexes(second, columnNamed(second.name));
  const width = groupsOf(second);
  return (row, builder) => builder.add(offset + groups[row]! * width + others[row]!, 1);
};
