/** A column whose cells are numbers; NaN stands for a missing one. Dates are milliseconds since 1970 in UTC. */
export interface NumberColumn {
  readonly name: string;
  readonly kind: 'number' | 'date';
  readonly values: Float64Array;
}

/** A column whose cells are texts; undefined stands for a missing one. */
export interface TextColumn {
  readonly name: string;
  readonly kind: 'boolean' | 'text';
  readonly values: readonly (string | undefined)[];
}

/** One fact of every row. */
export type Column = NumberColumn | TextColumn;

export const isNumeric = (column: Column): column is NumberColumn =>
  column.kind === 'number' || column.kind === 'date';

/** The rows from `from` up to but without `to`. */
export const columnBetween = <Kind extends Column>(column: Kind, from: number, to: number): Kind => ({
  ...column,
  values: isNumeric(column) ? column.values.subarray(from, to) : column.values.slice(from, to),
});

export const isMissingAt = (column: Column, row: number): boolean =>
  isNumeric(column) ? Number.isNaN(column.values[row]) : column.values[row] === undefined;

/** Order of names that no locale changes. */
export const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
