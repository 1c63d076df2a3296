import { instantOf } from '@baton/contracts';
import { dateOf } from '@baton/learning';
import { instantOfWall } from './wall-clock.js';

/** Order of the parts of a date that is all numbers. */
export const DATE_ORDERS = ['dmy', 'mdy'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

export interface DateReading {
  /** Without it a date that may be two days is refused. */
  readonly order?: DateOrder | undefined;
  /** Of times that name none: a zone of the IANA database. */
  readonly timeZone: string;
}

const YEAR_LAST = /^(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?!\d)/;
const ZONED = /:\d{2}(?:[.,]\d+)?\s*(?:am|pm)?\s*(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)$/i;
const EPOCH = /^\d{9,15}(?:\.\d+)?$/;

/**
 * Milliseconds since 1970 of a time in ISO 8601, RFC 2822, seconds or milliseconds since 1970, or a date as people write it.
 * @returns `ambiguous` for a date that is another day in the other order; undefined for what is no time
 */
export const readInstant = (value: unknown, reading: DateReading): number | 'ambiguous' | undefined => {
  if (typeof value !== 'string') return defined(instantOf(value));
  const text = value.trim();
  if (EPOCH.test(text)) return defined(instantOf(text));
  if (ZONED.test(text)) {
    const exact = defined(instantOf(text));
    if (exact !== undefined) return exact;
  }
  const date = YEAR_LAST.exec(text);
  const order = date ? (reading.order ?? orderOf(Number(date[1]), Number(date[2]))) : 'dmy';
  if (order === undefined) return 'ambiguous';
  // With points between them `dateOf` takes the day for the first.
  const plain = date ? date[0].replaceAll('.', '/') + text.slice(date[0].length) : text;
  const read = dateOf(plain, order === 'dmy' ? 'day-month' : 'month-day');
  if (read === undefined) return defined(instantOf(text));
  return ZONED.test(text) ? read : instantOfWall(read, reading.timeZone);
};

const orderOf = (first: number, second: number): DateOrder | undefined => {
  if (first > 12 || first === second) return 'dmy';
  return second > 12 ? 'mdy' : undefined;
};

const defined = (instant: number): number | undefined => (Number.isNaN(instant) ? undefined : instant);
