import { isAll, isAny, isNot, type Comparison, type Condition } from './condition.js';
import { operatorOf, operators } from './operators.js';

/** Maps the path of a fact to its display name. */
export type LabelOf = (fact: string) => string;

/** `traits.companySize` → `company size`; the containers `traits` and `properties` are omitted. */
const defaultLabel: LabelOf = (fact) =>
  fact
    .replace(/^(traits|properties)\./, '')
    .replace(/[._-]+/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);

const quoted = (value: unknown): string => (typeof value === 'string' ? `“${value}”` : String(value));

const orList = (values: readonly unknown[]): string =>
  values.length < 2
    ? quoted(values[0])
    : `${values.slice(0, -1).map(quoted).join(', ')} or ${quoted(values.at(-1))}`;

const comparison = (condition: Comparison, label: LabelOf): string => {
  const used = operatorOf(condition);
  const fact = label(condition.fact);
  if (!used) return fact;
  const { name, expected } = used;
  if (name === 'exists') return expected ? `${fact} is known` : `${fact} is not known`;
  return `${fact} ${operators[name].words} ${Array.isArray(expected) ? orList(expected) : quoted(expected)}`;
};

const joined = (members: readonly Condition[], word: 'and' | 'or', label: LabelOf): string =>
  members
    .map((member) => {
      const text = describeCondition(member, label);
      return members.length > 1 && (isAll(member) || isAny(member)) ? `(${text})` : text;
    })
    .join(` ${word} `);

/** The condition in plain English, such as `employees is at least 50 and (country is “DE” or country is “AT”)`. */
export const describeCondition = (condition: Condition, label: LabelOf = defaultLabel): string => {
  if (isAll(condition)) return joined(condition.all, 'and', label);
  if (isAny(condition)) return joined(condition.any, 'or', label);
  return isNot(condition) ? `not (${describeCondition(condition.not, label)})` : comparison(condition, label);
};
