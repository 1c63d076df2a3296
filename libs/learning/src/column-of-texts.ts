import type { Column } from './column.js';
import { dateOf, dayOrderOf } from './date-text.js';
import { decimalMarkOf, numberOf } from './number-text.js';

const MISSING = new Set(
  '|n/a|na|#n/a|nan|null|nil|none|unknown|undefined|missing|not available|not provided|not specified|unspecified|not set|(not set)|(none)|(null)|(blank)|blank|empty|select|-|--|---|–|—|?|.|\\n|k.a.|keine angabe|unbekannt'.split(
    '|',
  ),
);
const TRUTHS = [
  ['yes', 'no'],
  ['y', 'n'],
  ['true', 'false'],
  ['t', 'f'],
  ['1', '0'],
  ['on', 'off'],
  ['ja', 'nein'],
  ['oui', 'non'],
  ['sí', 'no'],
  ['si', 'no'],
  ['sim', 'não'],
];
/** Of the known cells; the others are taken for missing. */
const MIN_SHARE = 0.95;
const E_MAIL = /^[^@\s]+@([^@\s]+\.[^@\s]+)$/;

/** Whether a text says that the value is not known. */
export const isMissingText = (text: string): boolean => MISSING.has(text.trim().toLowerCase());

export interface InferredColumn {
  readonly column: Column;
  /** Cells that are not of the kind the others are, taken for missing. */
  readonly unread: number;
  /** Whether the texts are e-mail addresses, of which only the part after the @ is kept. */
  readonly isEmail: boolean;
}

/** A column from the texts of a file, its kind inferred: boolean, number, date or else text. Texts that differ in case are one. */
export const columnOfTexts = (name: string, texts: readonly string[]): InferredColumn => {
  const cells = texts.map((text) => (isMissingText(text) ? undefined : text.trim()));
  const known = cells.filter((cell) => cell !== undefined);
  const distinct = [...new Set(known)];
  if (isBoolean(distinct))
    return { column: { name, kind: 'boolean', values: folded(cells) }, unread: 0, isEmail: false };
  return (
    numeric(name, 'number', cells, numberReader(distinct)) ??
    numeric(name, 'date', cells, dateReader(distinct)) ??
    textual(name, cells, known.length)
  );
};

const isBoolean = (distinct: readonly string[]): boolean => {
  const words = new Set(distinct.map((value) => value.toLowerCase()));
  return words.size > 0 && TRUTHS.some((pair) => [...words].every((word) => pair.includes(word)));
};

type Reader = (text: string) => number | undefined;

const numberReader = (distinct: readonly string[]): Reader => {
  const mark = decimalMarkOf(distinct);
  return (text) => numberOf(text, mark);
};

const dateReader = (distinct: readonly string[]): Reader => {
  const order = dayOrderOf(distinct);
  return (text) => dateOf(text, order);
};

const numeric = (
  name: string,
  kind: 'number' | 'date',
  cells: readonly (string | undefined)[],
  read: Reader,
): InferredColumn | undefined => {
  const values = Float64Array.from(
    cells,
    (cell) => (cell === undefined ? undefined : read(cell)) ?? Number.NaN,
  );
  const known = cells.filter((cell) => cell !== undefined).length;
  const readable = values.filter((value) => !Number.isNaN(value)).length;
  if (readable === 0 || readable < MIN_SHARE * known) return undefined;
  return { column: { name, kind, values }, unread: known - readable, isEmail: false };
};

const textual = (name: string, cells: readonly (string | undefined)[], known: number): InferredColumn => {
  const domains = cells.map((cell) => E_MAIL.exec(cell ?? '')?.[1]);
  const found = domains.filter((domain) => domain !== undefined).length;
  const isEmail = found > 0 && found >= MIN_SHARE * known;
  return {
    column: { name, kind: 'text', values: folded(isEmail ? domains : cells) },
    unread: isEmail ? known - found : 0,
    isEmail,
  };
};

/** Values that differ in case or space only become the spelling that came first. */
const folded = (cells: readonly (string | undefined)[]): (string | undefined)[] => {
  const spellings = new Map<string, string>();
  return cells.map((cell) => {
    if (cell === undefined) return undefined;
    const key = cell.toLowerCase().replaceAll(/\s+/g, ' ');
    if (!spellings.has(key)) spellings.set(key, cell);
    return spellings.get(key)!;
  });
};

/** Dates as days before the instant of their row; without instants, as days since 1970. */
export const agesOf = (columns: readonly Column[], instants?: Float64Array): Column[] =>
  columns.map((column) =>
    column.kind === 'date'
      ? {
          name: column.name,
          kind: 'number' as const,
          values: column.values.map((date, row) => (instants ? instants[row]! - date : date) / 86_400_000),
        }
      : column,
  );
