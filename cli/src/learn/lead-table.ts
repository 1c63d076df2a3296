import { CliError } from '../cli-error.js';
import { parseCsv, textOf, type CsvRow } from '../csv.js';
import { nearestOf } from './nearest.js';

const MAX_ROWS = 300_000;
const MAX_COLUMNS = 500;
const MAX_CELLS = 12_000_000;
/** Lines named in an error. */
const MAX_NAMED = 10;

/** A CSV file with one row per lead. */
export interface LeadTable {
  readonly delimiter: string;
  readonly names: readonly string[];
  readonly rows: readonly CsvRow[];
}

/** @throws CliError for a file that is no table of that kind */
export const leadTableOf = (bytes: Uint8Array): LeadTable => {
  const { delimiter, rows } = parseCsv(textOf(bytes));
  const [header, ...body] = rows;
  if (!header)
    throw new CliError(
      'The file is empty.',
      'It needs one line with the names of the columns and one row per lead.',
    );
  if (body.length === 0)
    throw new CliError('The file has a header and no rows.', 'It needs one row per lead.');
  const names = header.cells.map((name, i) => name.trim() || `column ${i + 1}`);
  checkNames(names);
  checkSize(body.length, names.length);
  return { delimiter, names, rows: checkWidths(body, names.length) };
};

const checkNames = (names: readonly string[]): void => {
  const twice = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
  if (twice.length > 0)
    throw new CliError(
      `Several columns are named ${twice
        .slice(0, MAX_NAMED)
        .map((name) => `"${name}"`)
        .join(', ')}.`,
      'Rename all but one of each in the first line.',
    );
};

const checkSize = (rows: number, columns: number): void => {
  if (columns > MAX_COLUMNS)
    throw new CliError(
      `The file has ${columns} columns, of at most ${MAX_COLUMNS}.`,
      'Remove columns that say nothing about the outcome.',
    );
  if (rows > MAX_ROWS || rows * columns > MAX_CELLS)
    throw new CliError(
      `The file has ${rows} rows of ${columns} cells, of at most ${MAX_ROWS} rows and ${MAX_CELLS} cells.`,
      'Keep the newest rows, or remove columns.',
    );
};

/** Rows as wide as the header; empty cells behind the last column are dropped. */
const checkWidths = (rows: readonly CsvRow[], width: number): CsvRow[] => {
  const wrong = rows.filter(
    ({ cells }) => cells.length < width || cells.slice(width).some((cell) => cell.trim() !== ''),
  );
  if (wrong.length > 0) {
    const named = wrong.slice(0, MAX_NAMED).map(({ line, cells }) => `line ${line} has ${cells.length}`);
    const rest = wrong.length - named.length;
    throw new CliError(
      `Rows have another number of cells than the ${width} of the header: ${named.join(', ')}${rest > 0 ? ` and ${rest} more rows` : ''}.`,
      'Put cells that contain the separator or a line break in double quotes, and fill short rows up with separators.',
    );
  }
  return rows.map((row) => (row.cells.length === width ? row : { ...row, cells: row.cells.slice(0, width) }));
};

/** Index of a column by its name, with or without the same case. @throws CliError that lists the columns and the nearest one */
export const columnIndex = ({ names }: LeadTable, name: string, flag: string): number => {
  const exact = names.indexOf(name);
  if (exact >= 0) return exact;
  const folded = names.flatMap((other, i) => (other.toLowerCase() === name.trim().toLowerCase() ? [i] : []));
  if (folded.length === 1) return folded[0]!;
  throw new CliError(
    `${flag}: the file has no column "${name}". Did you mean "${nearestOf(name, names)}"?`,
    `Its columns: ${names.join(', ')}.`,
  );
};

export const textsOf = ({ rows }: LeadTable, column: number): string[] =>
  rows.map(({ cells }) => cells[column]!);
