/** A row of a table: names of columns and their values. */
export type CsvRow = Readonly<Record<string, string | number | null>>;

/** Characters with which a spreadsheet begins a formula, the full-width forms among them. */
const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

const fieldOf = (value: string | number | null | undefined): string => {
  if (typeof value !== 'string') return String(value ?? '');
  // Keys are free text of strangers: the apostrophe makes a spreadsheet show it as text.
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** One line of a CSV (RFC 4180). */
export const csvLine = (fields: readonly (string | number | null | undefined)[]): string =>
  `${fields.map(fieldOf).join(',')}\r\n`;

/** Rows as CSV (RFC 4180) with a line of names; the columns of all rows in the order they occur. */
export const csvOf = (rows: readonly CsvRow[]): string => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))].map(csvLine).join('');
};
