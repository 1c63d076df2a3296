import { CliError } from './cli-error.js';

export interface CsvRow {
  /** Line of its beginning, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Csv {
  readonly delimiter: string;
  /** Rows with text in them; the first has the names of the columns. */
  readonly rows: readonly CsvRow[];
}

const DELIMITERS = [',', ';', '\t'];

/** The text of a file in UTF-8, in UTF-16 with a byte order mark, or else in Windows-1252, as spreadsheets save them. */
export const textOf = (bytes: Uint8Array): string => {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Without `stream` Node 20 takes it for ISO-8859-1 (nodejs/node#56542).
    return new TextDecoder('windows-1252').decode(bytes, { stream: true });
  }
};

/**
 * Rows of a CSV (RFC 4180) whose delimiter is the comma, semicolon or tab that its first line has most of. The line `sep=;` of
 * spreadsheets names it.
 * @throws CliError when a quote is not closed
 */
export const parseCsv = (text: string): Csv => {
  const named = /^sep=(.)\r?\n/i.exec(text);
  const body = named ? text.slice(named[0].length) : text;
  const delimiter = named?.[1] ?? delimiterOf(body);
  const rows = [...rowsOf(body, delimiter, named ? 2 : 1)];
  return { delimiter, rows: rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')) };
};

const delimiterOf = (text: string): string => {
  const header = /^(?:"[^"]*"|[^"\r\n])*/.exec(text)![0].replaceAll(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
};

function* rowsOf(text: string, delimiter: string, firstLine: number): Generator<CsvRow> {
  let line = firstLine;
  let cells: string[] = [];
  let startedAt = line;
  for (let at = 0; at <= text.length;) {
    const quoted = text[at] === '"';
    const end = quoted ? closingQuote(text, at, line) + 1 : at;
    const start = at;
    at = end;
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1;
    const value = quoted
      ? text.slice(start + 1, end - 1).replaceAll('""', '"') + text.slice(end, at)
      : text.slice(start, at);
    cells.push(value);
    line += quoted ? value.split('\n').length - 1 : 0;
    if (text[at] === delimiter) {
      at += 1;
      continue;
    }
    yield { line: startedAt, cells };
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    startedAt = line;
    cells = [];
  }
}

/** Index of the quote that closes the one at `open`. */
const closingQuote = (text: string, open: number, line: number): number => {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  throw new CliError(`Line ${line}: a quote is not closed.`);
};

/** Rows as CSV. Text that a spreadsheet would take for a formula begins with an apostrophe. */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((cells) => cells.map(cellOf).join(',')).join('\n');

const cellOf = (value: string | number): string => {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
