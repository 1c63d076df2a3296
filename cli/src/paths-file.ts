import type { Path } from '@baton/attribution';
import { CliError } from './cli-error.js';
import { parseCsv } from './csv.js';

/** Columns by what they contain, with the names that R's ChannelAttribution and exports of marketing tools use. */
const COLUMNS = {
  path: ['path', 'paths', 'journey', 'conversionpath', 'mcfchannelgroupingpath'],
  conversions: ['conversions', 'conversion', 'totalconversions', 'totalconversion'],
  value: ['value', 'values', 'conversionvalue', 'totalconversionvalue', 'revenue'],
  nulls: ['nulls', 'null', 'totalnull', 'totalnulls', 'nonconversions'],
  daysBefore: ['daysbefore'],
} as const;
type Column = keyof typeof COLUMNS;

const ABSENT = new Set(['', 'na', 'nan', 'null']);
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;

export interface PathsFile {
  readonly paths: readonly Path[];
  /** Line of each path. */
  readonly lines: readonly number[];
}

/**
 * The paths of a CSV with the columns path, conversions and, if any, value, nulls and days_before. What cannot be read as a number is NaN, so
 * that the check of the request names it.
 * @throws CliError when a column is missing
 */
export const pathsOf = (text: string, separator: string): PathsFile => {
  const { delimiter, rows } = parseCsv(text);
  // Exports of Google Analytics begin with lines such as `# 20260101-20260131`.
  const [header, ...body] = rows.slice(rows.findIndex(({ cells }) => !cells[0]!.startsWith('#')));
  if (!header) throw new CliError('The file is empty.', 'It needs the columns path and conversions.');
  const columns = columnsOf(header.cells);
  const paths = body.map(({ cells }) => {
    const cell = (column: Column): string => cells[columns[column] ?? -1]?.trim() ?? '';
    const number = (column: Column): number | undefined => numberOf(cell(column), delimiter);
    const [value, nulls, days] = [number('value'), number('nulls'), cell('daysBefore')];
    return {
      path: partsOf(cell('path'), separator),
      conversions: number('conversions') ?? Number.NaN,
      ...(value !== undefined && { value }),
      ...(nulls !== undefined && { nulls }),
      ...(days !== '' && {
        daysBefore: partsOf(days, separator).map((part) => numberOf(part, delimiter) ?? Number.NaN),
      }),
    };
  });
  return { paths, lines: body.map(({ line }) => line) };
};

const columnsOf = (header: readonly string[]): Partial<Record<Column, number>> => {
  const names = header.map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, ''));
  const found = Object.entries(COLUMNS).flatMap(([column, known]) => {
    const at = names.findIndex((name) => (known as readonly string[]).includes(name));
    return at < 0 ? [] : [[column, at] as const];
  });
  const columns: Partial<Record<Column, number>> = Object.fromEntries(found);
  const missing = (['path', 'conversions'] as const).filter((column) => columns[column] === undefined);
  if (missing.length > 0)
    throw new CliError(
      `The file has no column ${missing.join(' and no column ')}.`,
      `Its first line has: ${header.map((name) => name.trim()).join(', ')}.`,
    );
  return columns;
};

const partsOf = (cell: string, separator: string): string[] =>
  cell === '' ? [] : cell.split(separator).map((part) => part.trim());

/** Undefined for none, NaN for what is no plain number. Where the comma does not divide cells it can be a decimal comma. */
const numberOf = (text: string, delimiter: string): number | undefined => {
  if (ABSENT.has(text.toLowerCase())) return undefined;
  const plain = delimiter === ',' ? text : text.replace(/^([+-]?\d+),(\d+)$/, '$1.$2');
  return PLAIN_NUMBER.test(plain) ? Number(plain) : Number.NaN;
};
