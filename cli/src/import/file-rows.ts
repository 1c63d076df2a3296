import { createReadStream } from 'node:fs';
import { CliError, UsageError } from '../cli-error.js';
import { CsvReader } from '../csv.js';
import type { FileRow } from './row-reader.js';
import { RowFault } from './row-fault.js';

/** A row that cannot be read. */
export interface FaultyRow {
  readonly line: number;
  readonly text: string;
  readonly fault: RowFault;
}

export const FORMATS = ['csv', 'ndjson'] as const;
export type Format = (typeof FORMATS)[number];

export interface FileFormat {
  readonly file: string;
  readonly encoding: string;
  readonly format: Format;
}

/** Bytes read so far, to show how far an import is. */
export interface Position {
  bytes: number;
}

const MAX_LINE_LENGTH = 1_000_000;
const CHUNK_BYTES = 256 * 1024;

/** The encoding of a file: by its byte order mark, UTF-8 when all of it is, else Windows-1252, as spreadsheets save it. */
export const encodingOf = async (file: string): Promise<string> => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const isText = (chunk?: Buffer): boolean => {
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
      return true;
    } catch {
      return false;
    }
  };
  let isFirst = true;
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    if (isFirst && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
    if (isFirst && chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
    isFirst = false;
    if (!isText(chunk)) return 'windows-1252';
  }
  return isText() ? 'utf-8' : 'windows-1252';
};

/** By the name of the file, else by its first character. */
export const formatOf = async (file: string, encoding: string): Promise<Format> => {
  if (/\.(ndjson|jsonl)$/i.test(file)) return 'ndjson';
  if (/\.(csv|tsv|txt)$/i.test(file)) return 'csv';
  for await (const text of textOf(file, encoding, { bytes: 0 }))
    if (text.trim() !== '') return text.trimStart().startsWith('{') ? 'ndjson' : 'csv';
  return 'csv';
};

/** Pieces of the text of a file; no more than one is in memory. */
async function* textOf(file: string, encoding: string, position: Position): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  const chunks = createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>;
  for await (const chunk of chunks) {
    position.bytes += chunk.length;
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

/** The rows of a file in its order, a piece of it at a time. @throws CliError for a file that is no table */
export const rowsOf = (
  { file, encoding, format }: FileFormat,
  position: Position = { bytes: 0 },
): AsyncGenerator<FileRow | FaultyRow> => {
  const text = textOf(file, encoding, position);
  return format === 'csv' ? csvRows(text) : jsonRows(text);
};

async function* csvRows(pieces: AsyncIterable<string>): AsyncGenerator<FileRow | FaultyRow> {
  const reader = new CsvReader();
  let names: readonly string[] | undefined;
  const rowsIn = function* (piece: string, isLast: boolean): Generator<FileRow | FaultyRow> {
    for (const { line, cells, text } of reader.rowsOf(piece, isLast)) {
      if (names === undefined) names = headerOf(cells);
      else yield csvRow({ line, text }, cells, names);
    }
  };
  for await (const piece of pieces) yield* rowsIn(piece, false);
  yield* rowsIn('', true);
  if (names === undefined)
    throw new UsageError('The file is empty.', 'Its first line has the names of the columns.');
}

const headerOf = (cells: readonly string[]): string[] => {
  const names = cells.map((name, i) => name.trim() || `column ${i + 1}`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return names;
  throw new UsageError(`Several columns are named "${twice}".`, 'Rename all but one in the first line.');
};

const csvRow = (
  row: { line: number; text: string },
  cells: readonly string[],
  names: readonly string[],
): FileRow | FaultyRow => {
  const isWrong = cells.length < names.length || cells.slice(names.length).some((cell) => cell.trim() !== '');
  if (isWrong) return { ...row, fault: new RowFault('', 'has another number of cells than the first line') };
  return { ...row, columns: names, values: present(names.map((name, i) => [name, cells[i]!.trim()])) };
};

async function* jsonRows(pieces: AsyncIterable<string>): AsyncGenerator<FileRow | FaultyRow> {
  let rest = '';
  let line = 0;
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    if (rest.length > MAX_LINE_LENGTH)
      throw new CliError(`Line ${line + lines.length + 1} has more than ${MAX_LINE_LENGTH} characters.`);
    for (const text of lines) {
      line += 1;
      if (text.trim() !== '') yield jsonRow(line, text.trim());
    }
  }
  if (rest.trim() !== '') yield jsonRow(line + 1, rest.trim());
}

const jsonRow = (line: number, text: string): FileRow | FaultyRow => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { line, text, fault: new RowFault('', 'is no JSON') };
  }
  if (!isObject(value)) return { line, text, fault: new RowFault('', 'is no JSON object') };
  const values = flattened(value);
  return { line, text, columns: values.map(([column]) => column), values: present(values) };
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Values of nested objects with their path, `contact.email`, as ingestion names fields of nested forms. */
const flattened = (object: Record<string, unknown>, path = '', depth = 0): [string, unknown][] =>
  Object.entries(object).flatMap(([name, value]): [string, unknown][] =>
    isObject(value) && depth < 8
      ? flattened(value, `${path}${name}.`, depth + 1)
      : [[path + name, typeof value === 'string' ? value.trim() : value]],
  );

const present = (values: readonly (readonly [string, unknown])[]): ReadonlyMap<string, unknown> =>
  new Map(values.filter(([, value]) => value !== '' && value !== null && value !== undefined));
