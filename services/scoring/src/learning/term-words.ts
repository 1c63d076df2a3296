import type { Term, Weight } from '@baton/learning';
import { RULE, SINCE } from './facts.js';

/** Labels of the rules of a scoring model by key. */
export type RuleLabels = ReadonlyMap<string, string>;

/** `Points for “Asked for pricing” is 15: raises the odds × 1.8`. */
export const wordsOfTerm = ({ fact, weight, columns }: Term, labels: RuleLabels): string =>
  `${named(fact, columns, labels)}: ${changeOf(weight)}`;

/** `Industry is machines: raises the odds × 2.1`; of a number the change is of one standard deviation more. */
export const wordsOfWeight = ({ column, value, weight }: Weight, labels: RuleLabels): string => {
  const name = named(column, column.split(PAIR), labels);
  return value === undefined
    ? `${name}, one standard deviation more: ${changeOf(weight)}`
    : `${name} is ${value}: ${changeOf(weight)}`;
};

/** A text about facts with the labels of rules instead of their keys. */
export const named = (text: string, columns: readonly string[], labels: RuleLabels): string =>
  columns.reduce((words, column) => words.replaceAll(column, labelOf(column, labels)), text);

/** Joins the names of a pair of columns. */
const PAIR = ' × ';

const changeOf = (weight: number): string =>
  `${weight > 0 ? 'raises' : 'lowers'} the odds × ${Number(Math.exp(weight).toPrecision(2))}`;

const labelOf = (column: string, labels: RuleLabels): string => {
  if (column.startsWith(RULE)) return `Points for “${labels.get(column.slice(RULE.length)) ?? column}”`;
  if (column.startsWith(SINCE)) {
    const label = labels.get(column.slice(SINCE.length));
    return label === undefined ? column : `Days since “${label}”`;
  }
  return column;
};
