import { isAll, isAny, isNot, type Comparison, type Condition } from './condition.js';
import { contradictions } from './contradictions.js';
import { asText } from './facts.js';
import type { Violation } from '@baton/contracts';
import { operatorOf, operators, type Operand, type OperatorName } from './operators.js';
import { shapeViolations } from './shape.js';

/** What kind of thing a fact is; a list of texts means it is always one of these. */
export type FactType = 'text' | 'number' | 'boolean' | 'list' | 'any' | readonly string[];

/** The facts there are, by path; a path that ends in `.*` stands for every path below it. */
export type FactTypes = Readonly<Record<string, FactType>>;

const typeOfFact = (path: string, known: FactTypes): FactType | undefined => {
  if (Object.hasOwn(known, path)) return known[path];
  const names = path.split('.');
  for (let length = names.length - 1; length > 0; length -= 1) {
    const below = `${names.slice(0, length).join('.')}.*`;
    if (Object.hasOwn(known, below)) return known[below];
  }
  return undefined;
};

const WORDS: Record<string, string> = {
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
};

const FITS: Record<string, (operand: Operand, name: OperatorName, expected: unknown) => boolean> = {
  text: (operand, _, expected) =>
    operand === 'flag' || operand === 'text' || (operand !== 'number' && each(expected, 'string')),
  number: (operand, _, expected) =>
    operand === 'flag' || operand === 'number' || (operand !== 'text' && each(expected, 'number')),
  boolean: (operand, _, expected) =>
    operand === 'flag' || (operand !== 'text' && operand !== 'number' && each(expected, 'boolean')),
  list: (operand, name) => operand === 'flag' || name === 'contains',
};

const each = (expected: unknown, type: string): boolean =>
  [expected].flat().every((value) => typeof value === type);

const oneOfViolations = (comparison: Comparison, allowed: readonly string[], at: string): Violation[] => {
  const { name, expected } = operatorOf(comparison)!;
  if (!FITS.text!(operators[name].operand, name, expected))
    return [{ pointer: `${at}/${name}`, detail: `cannot be asked of '${comparison.fact}', which is a text` }];
  if (operators[name].operand !== 'value' && operators[name].operand !== 'values') return [];
  const texts = allowed.map(asText);
  return [expected].flat().flatMap((value, index) =>
    texts.includes(asText(value))
      ? []
      : {
          pointer: Array.isArray(expected) ? `${at}/${name}/${index}` : `${at}/${name}`,
          detail: `'${comparison.fact}' is never '${String(value)}', only ${allowed.join(', ')}`,
        },
  );
};

const comparisonViolations = (comparison: Comparison, known: FactTypes, at: string): Violation[] => {
  const fact = typeOfFact(comparison.fact, known);
  if (fact === undefined)
    return [
      {
        pointer: `${at}/fact`,
        detail: `'${comparison.fact}' is not a fact here; there are ${Object.keys(known).sort().join(', ')}`,
      },
    ];
  if (fact === 'any') return [];
  if (typeof fact !== 'string') return oneOfViolations(comparison, fact, at);
  const { name, expected } = operatorOf(comparison)!;
  return FITS[fact]!(operators[name].operand, name, expected)
    ? []
    : [
        {
          pointer: `${at}/${name}`,
          detail: `cannot be asked of '${comparison.fact}', which is ${WORDS[fact]}`,
        },
      ];
};

/** `judged`: the `all` it stands in was already searched for contradictions, this one included. */
const meaningViolations = (
  condition: Condition,
  known: FactTypes,
  at: string,
  judged = false,
): Violation[] => {
  if (isNot(condition)) return meaningViolations(condition.not, known, `${at}/not`);
  const group = isAll(condition) ? 'all' : isAny(condition) ? 'any' : undefined;
  if (!group) return comparisonViolations(condition as Comparison, known, at);
  const members = isAll(condition) ? condition.all : isAny(condition) ? condition.any : [];
  const own = isAll(condition) && !judged ? contradictions(condition, at) : [];
  return members.reduce(
    (found, member, index) => [
      ...found,
      ...meaningViolations(member, known, `${at}/${group}/${index}`, group === 'all'),
    ],
    own,
  );
};

/**
 * Everything wrong with a condition, of whatever shape it is: broken shape or limits; then facts nobody has, comparisons that do not
 * fit the fact, and `all`s that can never hold. Empty when it is sound. `at` is where the condition stands in its document, as a
 * JSON Pointer.
 */
export const conditionViolations = (condition: unknown, known: FactTypes, at = ''): Violation[] => {
  const shape = shapeViolations(condition, at);
  return shape.length > 0 ? shape : meaningViolations(condition as Condition, known, at);
};
