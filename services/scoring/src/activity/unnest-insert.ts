/**
 * How many rows travel to PostgreSQL in one statement: a list per column, put side by side again by `rows from`. JSON travels as
 * one array for the whole column, since quoting each document within a list of texts costs more than writing it; instants
 * travel as seconds since 1970, since both sides spend more on dates as text than on all else of a row.
 */
export type ColumnType = 'uuid' | 'text' | 'integer' | 'float8' | 'boolean' | 'instant' | 'jsonb';

export interface Column<Row> {
  readonly name: string;
  readonly type: ColumnType;
  /** Null where the row has none. Instants are ms since 1970. */
  readonly of: (row: Row) => unknown;
}

export interface RowLists<Row> {
  /** `name, …`: the columns. */
  readonly names: string;
  /** `select … from …`: the rows, whose lists are the statement's only parameters. */
  readonly select: string;
  readonly values: (rows: readonly Row[]) => string[];
}

export const rowLists = <Row>(columns: readonly Column<Row>[]): RowLists<Row> => {
  const names = columns.map(({ name }) => name).join(', ');
  const sources = columns.map(({ type }, index) => SOURCES[type](`$${index + 1}`)).join(', ');
  const results = columns
    .map(({ name, type }) => RESULTS[type]?.(`sent.${name}`) ?? `sent.${name}`)
    .join(', ');
  return {
    names,
    select: `select ${results} from rows from (${sources}) as sent(${names})`,
    values: (rows) => columns.map(({ type, of }) => LISTS[type](rows.map(of))),
  };
};

const unnested = (type: string) => (parameter: string) => `unnest(${parameter}::${type}[])`;

const SOURCES: Record<ColumnType, (parameter: string) => string> = {
  uuid: unnested('uuid'),
  text: unnested('text'),
  integer: unnested('integer'),
  float8: unnested('float8'),
  boolean: unnested('boolean'),
  instant: unnested('float8'),
  jsonb: (parameter) => `jsonb_array_elements(${parameter}::jsonb)`,
};

const RESULTS: Partial<Record<ColumnType, (value: string) => string>> = {
  instant: (value) => `to_timestamp(${value})`,
  jsonb: (value) => `nullif(${value}, 'null')`,
};

const plain = (values: readonly unknown[]): string =>
  `{${(values as readonly (string | number | boolean | null)[]).map((value) => value ?? 'NULL').join(',')}}`;

const quoted = (value: string): string =>
  `"${/["\\]/.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`;

const LISTS: Record<ColumnType, (values: readonly unknown[]) => string> = {
  uuid: plain,
  integer: plain,
  float8: plain,
  boolean: plain,
  text: (values) =>
    `{${values.map((value) => (value === null ? 'NULL' : quoted(value as string))).join(',')}}`,
  instant: (values) => plain(values.map((at) => (at === null ? null : (at as number) / 1_000))),
  jsonb: (values) => JSON.stringify(values),
};
