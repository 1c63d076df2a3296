import { isNumeric, type Column, type InferredColumn } from '@baton/learning';
import type { Lesson } from './lesson.js';

/** Frequent values that are shown of a text column; none of a column with more different ones than `MAX_DISTINCT`. */
const MAX_EXAMPLES = 3;
const MAX_DISTINCT = 50;

export interface DescribedColumn {
  readonly name: string;
  readonly type: 'number' | 'date' | 'boolean' | 'text' | 'e-mail';
  readonly missing: number;
  readonly distinct: number;
  /** Range of a number or date, frequent values of a text; empty when they may be personal data. */
  readonly values: string;
  /** Whether the model uses it. */
  readonly used: boolean;
}

/** The columns of a file as they were understood, in its order. The outcome, `--at` and `--leave-out` are not among them. */
export const describedColumns = ({ history, study }: Lesson): DescribedColumn[] => {
  const used = new Set(study.columns.map(({ name }) => name));
  return history.inferred.map((inferred) => {
    const { column } = inferred;
    const known = knownOf(column);
    const distinct = new Set(known).size;
    return {
      name: column.name,
      type: inferred.isEmail ? 'e-mail' : column.kind,
      missing: column.values.length - known.length,
      distinct,
      values: valuesOf(inferred, known, distinct),
      used: used.has(column.name),
    };
  });
};

const knownOf = (column: Column): (string | number)[] =>
  isNumeric(column)
    ? Array.from(column.values).filter((value) => !Number.isNaN(value))
    : column.values.filter((value) => value !== undefined);

const valuesOf = (
  { column, isEmail }: InferredColumn,
  known: readonly (string | number)[],
  distinct: number,
): string => {
  if (known.length === 0) return '';
  if (isNumeric(column)) {
    let [low, high] = [Infinity, -Infinity];
    for (const value of column.values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return column.kind === 'date'
      ? `${new Date(low).toISOString().slice(0, 10)} to ${new Date(high).toISOString().slice(0, 10)}`
      : `${Number(low.toPrecision(6))} to ${Number(high.toPrecision(6))}`;
  }
  if (isEmail || distinct > MAX_DISTINCT) return '';
  const counts = new Map<string, number>();
  for (const value of known as string[]) counts.set(value, (counts.get(value) ?? 0) + 1);
  const frequent = [...counts]
    .filter(([, count]) => count > 1)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return frequent
    .slice(0, MAX_EXAMPLES)
    .map(([value]) => (value.length > 30 ? `${value.slice(0, 29)}…` : value))
    .join(', ');
};
