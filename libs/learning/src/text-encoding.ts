import type { TextColumn } from './column.js';

const MAX_LEVELS = 100;
/** Rows a value needs for a feature of its own, and missing ones together. */
export const MIN_ROWS_OF_VALUE = 10;

/** How a text becomes features: one per frequent value, one for all others, one for missing. */
export interface TextEncoding {
  readonly name: string;
  readonly kind: 'text';
  /** Frequent values, most frequent first. */
  readonly levels: readonly string[];
  /** Whether there is a feature for rare values. */
  readonly others: boolean;
  readonly missing: boolean;
}

/**
 * @param floor rows below which a value is pooled with the other rare ones
 * @returns undefined when every row would be equal
 */
export const textEncodingOf = (column: TextColumn, floor: number): TextEncoding | undefined => {
  const counts = new Map<string, number>();
  let missing = 0;
  for (const value of column.values)
    if (value === undefined) missing += 1;
    else counts.set(value, (counts.get(value) ?? 0) + 1);
  const levels = [...counts]
    .filter(([, count]) => count >= floor)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MAX_LEVELS);
  const rare = column.values.length - missing - levels.reduce((sum, [, count]) => sum + count, 0);
  const encoding: TextEncoding = {
    name: column.name,
    kind: 'text',
    levels: levels.map(([value]) => value),
    others: rare > 0,
    missing: missing >= MIN_ROWS_OF_VALUE,
  };
  const kinds = levels.length + Number(encoding.others) + Number(encoding.missing);
  return kinds >= 2 ? encoding : undefined;
};
