/**
 * Sends many rows in one statement: one array parameter per column, zipped by `rows from`. A JSON column is sent as one JSON array,
 * because quoting each document inside a text array costs more than serialising it; instants are sent as seconds since 1970,
 * because formatting and parsing them as text costs more than the rest of a row.
 */
export type ColumnType = 'uuid' | 'text' | 'integer' | 'float8' | 'boolean' | 'instant' | 'jsonb';

export interface Column<Row> {
  readonly name: string;
  readonly type: ColumnType;
  /** Null for SQL null. Instants are ms since 1970. */
  readonly of: (row: Row) => unknown;
}

export interface UnnestInsert<Row> {
  /** Column names, separated by commas. */
  readonly names: string;
  /** `select … from …` giving the rows; its parameters start at `$1`, one per column. */
  readonly select: string;
  readonly values: (rows: readonly Row[]) => string[];
}

export const unnestInsert = <Row>(columns: readonly Column<Row>[]): UnnestInsert<Row> => {
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
