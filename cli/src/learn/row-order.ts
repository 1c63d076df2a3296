import { columnOfTexts, isNumeric } from '@baton/learning';
import { CliError } from '../cli-error.js';

export interface RowOrder {
  /** Indexes of the rows, oldest first. */
  readonly rows: readonly number[];
  /** `date` when the column has instants, `number` when it only orders, `file` without one. */
  readonly kind: 'date' | 'number' | 'file';
  /** By row of the file: milliseconds, the number, or NaN. */
  readonly values: Float64Array | undefined;
  /** Rows without a value: taken for the oldest. */
  readonly missing: number;
}

/** The order of the file. */
export const fileOrder = (rows: number): RowOrder => ({
  rows: Array.from({ length: rows }, (_, row) => row),
  kind: 'file',
  values: undefined,
  missing: 0,
});

/**
 * Rows by a column of dates or numbers. Rows with equal values keep the order of the file; those without one come first, so that they are
 * trained on and never predicted from later ones.
 * @throws CliError when the column is neither
 */
export const orderBy = (texts: readonly string[], column: string): RowOrder => {
  const read = columnOfTexts(column, texts).column;
  const values =
    read.kind === 'boolean'
      ? Float64Array.from(texts, (text) => (text.trim() === '' ? Number.NaN : Number(text)))
      : isNumeric(read)
        ? read.values
        : undefined;
  if (values === undefined || values.every(Number.isNaN))
    throw new CliError(
      `--at: column "${column}" is neither a date nor a number in at least 95 % of its rows.`,
      'Write dates as 2026-11-28 or 2026-11-28T09:30:00Z, or leave --at out when the file is in order of time.',
    );
  const keyOf = (row: number): number => (Number.isNaN(values[row]) ? -Infinity : values[row]!);
  return {
    rows: [...values.keys()].sort((a, b) => keyOf(a) - keyOf(b) || a - b),
    kind: read.kind === 'date' ? 'date' : 'number',
    values,
    missing: values.filter(Number.isNaN).length,
  };
};
