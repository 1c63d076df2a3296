import { isNumeric, type Column } from './column.js';
import { quantile } from './number-encoding.js';

const MAX_GROUPS = 9;

/** A column in at most eleven groups: ranges of a number, frequent values of a text; the last one has what is missing or rare. */
export type Grouping =
  | { readonly name: string; readonly cuts: readonly number[] }
  | { readonly name: string; readonly levels: readonly string[] };

/** Two columns together: one feature for each combination of their groups. */
export interface PairEncoding {
  readonly kind: 'pair';
  readonly first: Grouping;
  readonly second: Grouping;
}

export const groupingOf = (column: Column): Grouping =>
  isNumeric(column)
    ? { name: column.name, cuts: cutsOf(column.values) }
    : { name: column.name, levels: frequentOf(column.values) };

const cutsOf = (values: Float64Array): number[] => {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return [];
  const distinct = [...new Set(sorted.length > 5000 ? quantilesOf(sorted, 1000) : sorted)];
  const starts = distinct.length <= MAX_GROUPS ? distinct : [...new Set(quantilesOf(sorted, MAX_GROUPS))];
  // A range begins at its cut; the first one has none.
  return starts.filter((value) => value > sorted[0]!);
};

const quantilesOf = (sorted: Float64Array, count: number): number[] =>
  Array.from({ length: count }, (_, i) => quantile(sorted, i / count));

const frequentOf = (values: readonly (string | undefined)[]): string[] => {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MAX_GROUPS)
    .map(([value]) => value);
};

export const groupsOf = (grouping: Grouping): number =>
  'cuts' in grouping ? grouping.cuts.length + 2 : grouping.levels.length + 1;

/** Group of each row. */
export const groupIndexes = (grouping: Grouping, column: Column): Uint8Array => {
  const last = groupsOf(grouping) - 1;
  const indexes = new Uint8Array(column.values.length);
  const levels = new Map('levels' in grouping ? grouping.levels.map((value, i) => [value, i]) : []);
  for (let row = 0; row < indexes.length; row += 1) {
    const value = column.values[row];
    if (typeof value === 'number' && 'cuts' in grouping)
      indexes[row] = Number.isNaN(value) ? last : rangeOf(grouping.cuts, value);
    else indexes[row] = levels.get(value as string) ?? last;
  }
  return indexes;
};

const rangeOf = (cuts: readonly number[], value: number): number => {
  let range = 0;
  while (range < cuts.length && value >= cuts[range]!) range += 1;
  return range;
};
