import type { Column } from '@baton/learning';
import { RULE, type Facts } from './facts.js';

/**
 * The facts of many leads as columns. A rule that did not match has 0 points; other absent facts are missing. A name with numbers in some
 * rows and texts in others is a text.
 *
 * @param names of the columns; all in the rows unless given
 */
export const columnsOfFacts = (rows: readonly Facts[], names: readonly string[] = namesIn(rows)): Column[] =>
  names.map((name): Column => {
    const cells = rows.map((facts) => (Object.hasOwn(facts, name) ? facts[name] : undefined));
    if (cells.every((cell) => cell === undefined || typeof cell === 'number')) {
      const absent = name.startsWith(RULE) ? 0 : Number.NaN;
      return {
        name,
        kind: 'number',
        values: Float64Array.from(cells, (cell) => cell ?? absent),
      };
    }
    return {
      name,
      kind: 'text',
      values: cells.map((cell) => (cell === undefined ? undefined : textOf(cell))),
    };
  });

const textOf = (cell: number | string | boolean): string => {
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return String(cell).trim().toLowerCase();
};

const namesIn = (rows: readonly Facts[]): string[] =>
  [...new Set(rows.flatMap((facts) => Object.keys(facts)))].sort();
