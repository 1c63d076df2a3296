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

const DELIMITERS = [',', ';', '\t', '|'];
/** Max characters of a row that is read in pieces: a quote that is never closed would take the rest of the file for one cell. */
const MAX_ROW_LENGTH = 1_000_000;

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
 * Rows of a CSV (RFC 4180) whose delimiter is the comma, semicolon, tab or bar that its first line has most of. The line `sep=;` of
 * spreadsheets names it.
 * @throws CliError when a quote is not closed
 */
export const parseCsv = (text: string): Csv => {
  const reader = new CsvReader();
  const rows = [...reader.rowsOf(text, true)];
  return { delimiter: reader.delimiter, rows: rows.map(({ line, cells }) => ({ line, cells })) };
};

/** Reads a CSV as {@link parseCsv} does, a piece of text at a time: it keeps no more than an unfinished row. */
export class CsvReader {
  private rest = '';
  private line = 1;
  private known: string | undefined;

  /** Once the first line was read. */
  get delimiter(): string {
    return this.known ?? DELIMITERS[0]!;
  }

  /**
   * The rows with text in them that are complete with `text`, and with their own text.
   * @param isLast whether the file ends with it
   * @throws CliError when a quote is not closed
   */
  *rowsOf(text: string, isLast: boolean): Generator<CsvRow & { readonly text: string }> {
    this.rest += text;
    if (this.known === undefined && !this.readFirstLine(isLast)) return;
    for (let at = 0; ;) {
      const row = rowAt(this.rest, at, this.delimiter, isLast);
      if (row === undefined) {
        this.rest = this.rest.slice(at);
        if (isLast || this.rest.length > MAX_ROW_LENGTH)
          throw new CliError(`Line ${this.line}: a quote is not closed.`);
        return;
      }
      const { cells, end, next, lines } = row;
      if (cells.some((cell) => cell.trim() !== ''))
        yield { line: this.line, cells, text: this.rest.slice(at, end) };
      this.line += lines;
      if (next > this.rest.length) break;
      at = next;
    }
    this.rest = '';
  }

  private readFirstLine(isLast: boolean): boolean {
    const header = /^(?:"[^"]*"|[^"\r\n])*/.exec(this.rest)![0];
    const isWhole = /^(?:\n|\r[^])/.test(this.rest.slice(header.length, header.length + 2));
    if (!isWhole && !isLast && this.rest.length <= MAX_ROW_LENGTH) return false;
    const named = /^sep=(.)(?:\r\n|\r|\n)/i.exec(this.rest);
    this.known = named?.[1] ?? delimiterOf(header.replaceAll(/"[^"]*"/g, ''));
    if (named) {
      this.rest = this.rest.slice(named[0].length);
      this.line = 2;
    }
    return true;
  }
}

const delimiterOf = (header: string): string => {
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
};

interface ReadRow {
  readonly cells: readonly string[];
  /** Index behind its last character; of the next row. */
  readonly end: number;
  readonly next: number;
  readonly lines: number;
}

/** The row that begins at an index; undefined when the text ends within it. */
const rowAt = (text: string, from: number, delimiter: string, isLast: boolean): ReadRow | undefined => {
  const cells: string[] = [];
  let lines = 1;
  for (let at = from; ; at += 1) {
    const start = at;
    const quote = text[at] === '"' ? closingQuote(text, at) : undefined;
    if (quote === -1) return undefined;
    const end = quote === undefined ? at : quote + 1;
    at = end;
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1;
    const value =
      end > start
        ? text.slice(start + 1, end - 1).replaceAll('""', '"') + text.slice(end, at)
        : text.slice(start, at);
    if (end > start) lines += value.split('\n').length - 1;
    cells.push(value);
    if (at < text.length && text[at] === delimiter) continue;
    // The text may end between a carriage return and its line feed.
    if (!isLast && text[at] !== '\n' && at + 1 >= text.length) return undefined;
    return { cells, end: at, next: at + (text.startsWith('\r\n', at) ? 2 : 1), lines };
  }
};

/** Index of the quote that closes the one at `open`; -1 without one. */
const closingQuote = (text: string, open: number): number => {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return -1;
};

/** Rows as CSV. Text that a spreadsheet would take for a formula begins with an apostrophe. */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((cells) => cells.map(cellOf).join(',')).join('\n');

const cellOf = (value: string | number): string => {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
