import { OPERATORS } from './condition-row.js';
import { nodeOf, type Tree } from './condition-tree.js';

/** `traits.companySize` → `company size`, as the services name facts. */
const factWords = (fact: string): string =>
  fact
    .replace(/^(traits|properties)\./, '')
    .replace(/[._-]+/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);

const quoted = (value: unknown): string => (typeof value === 'string' ? `“${value}”` : String(value));

const orList = (values: readonly unknown[]): string =>
  values.length < 2
    ? quoted(values[0] ?? '')
    : `${values.slice(0, -1).map(quoted).join(', ')} or ${quoted(values.at(-1))}`;

/**
 * A condition in plain English, as those who sign read it: `kind is “form” and (country is “DE” or country is “AT”)`.
 * @param labels names of facts that are not derived from their path
 */
export const conditionWords = (condition: Tree, labels: Readonly<Record<string, string>> = {}): string => {
  const { isNegated, core, group } = nodeOf(condition);
  const words = group ? joined(group, labels) : comparisonWords(core, labels);
  return isNegated ? `not (${words})` : words;
};

const joined = (
  { join, members }: NonNullable<ReturnType<typeof nodeOf>['group']>,
  labels: Readonly<Record<string, string>>,
): string =>
  members
    .map((member) => {
      const { isNegated, group } = nodeOf(member);
      const words = conditionWords(member, labels);
      return group && !isNegated && members.length > 1 ? `(${words})` : words;
    })
    .join(join === 'all' ? ' and ' : ' or ');

const comparisonWords = (comparison: Tree, labels: Readonly<Record<string, string>>): string => {
  const name = String(comparison['fact']);
  const fact = labels[name] ?? factWords(name);
  const operator = Object.keys(OPERATORS).find((each) => each in comparison);
  if (operator === undefined) return fact;
  const value = comparison[operator];
  if (operator === 'exists') return value === false ? `${fact} is not known` : `${fact} is known`;
  return `${fact} ${OPERATORS[operator]} ${Array.isArray(value) ? orList(value) : quoted(value)}`;
};
