import type { Violation } from '@baton/contracts';
import { isAll, isAny, isNot, type Comparison, type Condition } from './condition.js';
import { contradictions } from './contradictions.js';
import { asText } from './facts.js';
import { operatorOf, operators, type Operand } from './operators.js';
import { shapeViolations } from './shape.js';

/** Type of a fact: one value of a type, `any` value or list of values, or one of the texts in a list. */
export type FactType = 'text' | 'number' | 'boolean' | 'any' | readonly string[];

/** The known facts by path; a path that ends in `.*` means every path below it. */
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

interface PlainType {
  readonly name: string;
  /** Operands that apply whatever their value; `value` and `values` must be of the type. */
  readonly operands: readonly Operand[];
  readonly type: string;
}

const PLAIN_TYPES: Record<string, PlainType> = {
  text: { name: 'a text', operands: ['text', 'phrases', 'flag'], type: 'string' },
  number: { name: 'a number', operands: ['number', 'flag'], type: 'number' },
  boolean: { name: 'true or false', operands: ['flag'], type: 'boolean' },
};

const isApplicable = ({ operands, type }: PlainType, operand: Operand, expected: unknown): boolean =>
  operand === 'value' || operand === 'values' ? everyValueIs(expected, type) : operands.includes(operand);

const everyValueIs = (expected: unknown, type: string): boolean =>
  [expected].flat().every((value) => typeof value === type);

const oneOfViolations = (comparison: Comparison, allowed: readonly string[], at: string): Violation[] => {
  const { name, expected } = operatorOf(comparison)!;
  if (!isApplicable(PLAIN_TYPES['text']!, operators[name].operand, expected))
    return [{ pointer: `${at}/${name}`, detail: `does not apply to '${comparison.fact}', which is a text` }];
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
        detail: `'${comparison.fact}' is not a known fact; known facts: ${Object.keys(known).sort().join(', ')}`,
      },
    ];
  if (fact === 'any') return [];
  if (typeof fact !== 'string') return oneOfViolations(comparison, fact, at);
  const { name, expected } = operatorOf(comparison)!;
  const type = PLAIN_TYPES[fact]!;
  return isApplicable(type, operators[name].operand, expected)
    ? []
    : [
        {
          pointer: `${at}/${name}`,
          detail: `does not apply to '${comparison.fact}', which is ${type.name}`,
        },
      ];
};

/** `checked`: the enclosing `all` was searched for contradictions, this condition included. */
const meaningViolations = (
  condition: Condition,
  known: FactTypes,
  at: string,
  checked = false,
): Violation[] => {
  if (isNot(condition)) return meaningViolations(condition.not, known, `${at}/not`);
  if (isAll(condition)) {
    const own = checked ? [] : contradictions(condition, at, (fact) => typeOfFact(fact, known) === 'any');
    return [
      ...own,
      ...condition.all.flatMap((member, n) => meaningViolations(member, known, `${at}/all/${n}`, true)),
    ];
  }
  if (isAny(condition))
    return condition.any.flatMap((member, n) => meaningViolations(member, known, `${at}/any/${n}`));
  return comparisonViolations(condition, known, at);
};

/**
 * Every violation in a value that is meant to be a condition; none when it is valid. Shape and limits first; for a value of the right
 * shape then unknown facts, operators and values that do not fit the type of their fact, and `all`s that can never hold.
 * @param at JSON Pointer of the condition in its document
 */
export const conditionViolations = (condition: unknown, known: FactTypes, at = ''): Violation[] => {
  const shape = shapeViolations(condition, at);
  return shape.length > 0 ? shape : meaningViolations(condition as Condition, known, at);
};
