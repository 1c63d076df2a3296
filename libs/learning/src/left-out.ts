import { isMissingAt, isNumeric, type Column, type TextColumn } from './column.js';
import { leakOf, type Leak } from './leakage.js';
import { MIN_ROWS_OF_VALUE } from './text-encoding.js';
import type { History } from './train.js';

export type LeftOutKind = 'empty' | 'constant' | 'identifier' | 'later' | Leak['kind'];

export interface LeftOut {
  readonly column: string;
  readonly kind: LeftOutKind;
  /** A clause with the column as subject: `has one value only`. */
  readonly reason: string;
}

export interface LeftOutOptions {
  /** Instant of each row in milliseconds, NaN where unknown. */
  readonly instants?: Float64Array | undefined;
  /** Columns that are used although they look as if they were filled after the outcome. */
  readonly keep?: ReadonlySet<string> | 'all';
}

const MIN_IDENTIFIER_ROWS = 20;
const IDENTIFIER_NAME = /(^|[^a-z])(u?u?ids?|guid|key|nr|no|number|num|index|rownames?|row)$|id$/i;
/** Milliseconds: time zones and days without a time of day are not later. */
const DAY = 86_400_000;

/** Columns that a model must not be trained on, with the reason. Looks at the rows given, which are those of the training. */
export const leftOutOf = (history: History, options: LeftOutOptions = {}): LeftOut[] =>
  history.columns.flatMap((column) => {
    const found = findingOf(column, history.outcomes, options);
    return found ? [{ column: column.name, ...found }] : [];
  });

/** What is used of a column: all, nothing, or of an identifier whether it is filled. */
export const usedOf = (column: Column, leftOut: readonly LeftOut[]): Column | undefined => {
  const found = leftOut.find((each) => each.column === column.name);
  if (found === undefined) return column;
  return found.kind === 'identifier' && isPartlyFilled(column) ? filledOf(column) : undefined;
};

type Finding = Omit<LeftOut, 'column'>;

const findingOf = (
  column: Column,
  outcomes: Float64Array,
  { instants, keep = new Set() }: LeftOutOptions,
): Finding | undefined => {
  const useless = uselessOf(column);
  if (useless && useless.kind !== 'identifier') return useless;
  const mayLeak = keep !== 'all' && !keep.has(column.name);
  if (!useless) return mayLeak ? (laterThan(column, instants) ?? leakOf(column, outcomes)) : undefined;
  if (!isPartlyFilled(column)) return useless;
  const leak = mayLeak ? leakOf(filledOf(column), outcomes) : undefined;
  return leak ?? { ...useless, reason: `${useless.reason}; only whether it is filled is used` };
};

const isPartlyFilled = (column: Column): boolean => {
  const filled = filledOf(column).values.filter((value) => value !== undefined).length;
  return Math.min(filled, column.values.length - filled) >= MIN_ROWS_OF_VALUE;
};

const filledOf = (column: Column): TextColumn => ({
  name: column.name,
  kind: 'text',
  values: Array.from({ length: column.values.length }, (_, row) =>
    isMissingAt(column, row) ? undefined : 'filled',
  ),
});

const uselessOf = (column: Column): Finding | undefined => {
  const known = isNumeric(column)
    ? Array.from(column.values).filter((value) => !Number.isNaN(value))
    : column.values.filter((value) => value !== undefined);
  if (known.length === 0) return { kind: 'empty', reason: 'is empty in every row of the training' };
  const distinct = new Set<string | number>(known).size;
  if (distinct === 1 && known.length === column.values.length)
    return { kind: 'constant', reason: 'has the same value in every row of the training' };
  if (known.length < MIN_IDENTIFIER_ROWS) return undefined;
  const unique = isNumeric(column)
    ? column.kind === 'number' && distinct === known.length && isCounter(column.name, known as number[])
    : distinct > 0.9 * known.length || largestCount(known) < MIN_ROWS_OF_VALUE;
  return unique
    ? { kind: 'identifier', reason: 'has another value in nearly every row, as an identifier or a free text' }
    : undefined;
};

const largestCount = (values: readonly (string | number)[]): number => {
  const counts = new Map<string | number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].reduce((largest, count) => Math.max(largest, count), 0);
};

/** Whole numbers that are named as an identifier, or count the rows up or down. */
const isCounter = (name: string, values: readonly number[]): boolean => {
  if (!values.every(Number.isInteger)) return false;
  if (IDENTIFIER_NAME.test(name)) return true;
  const steps = values.slice(1).map((value, i) => Math.sign(value - values[i]!));
  const [low, high] = values.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Infinity, -Infinity],
  );
  return steps.every((step) => step === steps[0]) || high - low < 1.02 * values.length;
};

/** A date after the instant of its row was not known then. */
const laterThan = (column: Column, instants: Float64Array | undefined): Finding | undefined => {
  if (column.kind !== 'date' || instants === undefined) return undefined;
  const known = [...column.values.keys()].filter(
    (row) => !Number.isNaN(column.values[row]! + instants[row]!),
  );
  const later = known.filter((row) => column.values[row]! > instants[row]! + DAY).length;
  return known.length > 0 && later > known.length / 2
    ? {
        kind: 'later',
        reason: `is later than the row's own instant in ${later} of ${known.length} rows: not known then`,
      }
    : undefined;
};
