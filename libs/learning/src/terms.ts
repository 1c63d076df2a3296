import { isNumeric, type Column } from './column.js';
import { contributionsOf } from './contributions.js';
import type { Model } from './model.js';

/** Why one row has its probability. */
export interface Term {
  readonly columns: readonly string[];
  /** The fact in words: `pages is 12`, `source is webinar and country is DE`, `phone is missing`. */
  readonly fact: string;
  /** Log odds more or less than an average row of the training. */
  readonly weight: number;
  /** The whole sentence: `pages is 12: odds × 1.8`. */
  readonly words: string;
}

/** Average contribution of every column to the rows of a training, by the names of the columns: what a term is compared with. */
export type Averages = Readonly<Record<string, number>>;

const keyOf = (columns: readonly string[]): string => columns.join(' × ');

export const averagesOf = (model: Model, columns: readonly Column[], rows: number): Averages =>
  Object.fromEntries(
    contributionsOf(model, columns, rows).map((found) => [
      keyOf(found.columns),
      found.values.reduce((sum, value) => sum + value, 0) / Math.max(1, rows),
    ]),
  );

/** The largest terms of each row, largest first; those that change the odds by less than a twentieth are left out. */
export const termsOf = (
  model: Model,
  averages: Averages,
  {
    columns,
    rows,
    most = 5,
  }: { readonly columns: readonly Column[]; readonly rows: number; readonly most?: number },
): Term[][] => {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const levels = new Map(
    model.encodings.flatMap((encoding) =>
      encoding.kind === 'text' ? [[encoding.name, new Set(encoding.levels)]] : [],
    ),
  );
  const contributions = contributionsOf(model, columns, rows);
  return Array.from({ length: rows }, (_, row) =>
    contributions
      .map((found) => ({
        columns: found.columns,
        weight: found.values[row]! - (averages[keyOf(found.columns)] ?? 0),
      }))
      .filter(({ weight }) => Math.abs(weight) >= 0.05)
      .sort(
        (a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (keyOf(a.columns) < keyOf(b.columns) ? -1 : 1),
      )
      .slice(0, most)
      .map(({ columns: names, weight }) => {
        const fact = names
          .map((name) => `${name} is ${wordOf(byName.get(name), row, levels.get(name))}`)
          .join(' and ');
        return { columns: names, fact, weight, words: `${fact}: odds × ${factorOf(weight)}` };
      }),
  );
};

const factorOf = (weight: number): string => Number(Math.exp(weight).toPrecision(2)).toString();

/** A rare text is not shown: it weighs as all rare ones do, and may be a name. */
const wordOf = (column: Column | undefined, row: number, levels?: ReadonlySet<string>): string => {
  if (column === undefined) return 'missing';
  const value = isNumeric(column) ? column.values[row]! : column.values[row];
  if (typeof value === 'number')
    return Number.isNaN(value) ? 'missing' : String(Number(value.toPrecision(4)));
  if (value === undefined) return 'missing';
  return levels?.has(value) ? value : 'a rare value';
};
