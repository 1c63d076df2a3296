import type { Value } from './condition.js';
import { asNumber, asText, fold, isMissing } from './facts.js';

export type Test = (fact: unknown) => boolean;

/** Type of the right side of an operator. */
export type Operand = 'value' | 'values' | 'text' | 'number' | 'flag';

interface Operator<Expected> {
  readonly operand: Operand;
  /** Prepares the expected value once and returns the test. */
  readonly test: (expected: Expected) => Test;
  /** For descriptions: `employees <words> 50`. */
  readonly words: string;
}

const operator = <Expected>(operand: Operand, words: string, test: (expected: Expected) => Test) =>
  Object.freeze({ operand, words, test }) as Operator<never>;

const negated =
  (test: Test): Test =>
  (fact) =>
    !test(fact);

const is = (expected: Value): Test => {
  if (typeof expected === 'number') return (fact) => asNumber(fact) === expected;
  const text = typeof expected === 'string' ? fold(expected) : String(expected);
  return (fact) => !isMissing(fact) && asText(fact) === text;
};

const isIn = (expected: readonly Value[]): Test => {
  const numbers = new Set(expected.filter((value) => typeof value === 'number'));
  const texts = new Set(expected.filter((value) => typeof value !== 'number').map(asText));
  return (fact) => {
    if (isMissing(fact)) return false;
    const number = numbers.size > 0 ? asNumber(fact) : undefined;
    return (number !== undefined && numbers.has(number)) || texts.has(asText(fact));
  };
};

const text = (matches: (fact: string, expected: string) => boolean) => (expected: string) => {
  const folded = fold(expected);
  return (fact: unknown) => {
    const actual = isMissing(fact) ? undefined : asText(fact);
    return actual !== undefined && matches(actual, folded);
  };
};

const contains = (expected: string): Test => {
  const within = text((fact, part) => fact.includes(part))(expected);
  const member = is(expected);
  return (fact) => (Array.isArray(fact) ? fact.some(member) : within(fact));
};

const number = (holds: (fact: number, bound: number) => boolean) => (bound: number) => (fact: unknown) => {
  const actual = asNumber(fact);
  return actual !== undefined && holds(actual, bound);
};

const exists = (expected: boolean): Test => (expected ? negated(isMissing) : isMissing);

/** Every operator. Compiler, checks, descriptions and JSON Schema derive from this table. */
export const operators = {
  is: operator('value', 'is', is),
  isNot: operator('value', 'is not', (expected: Value) => negated(is(expected))),
  in: operator('values', 'is one of', isIn),
  notIn: operator('values', 'is none of', (expected: readonly Value[]) => negated(isIn(expected))),
  contains: operator('text', 'contains', contains),
  startsWith: operator(
    'text',
    'starts with',
    text((fact, part) => fact.startsWith(part)),
  ),
  endsWith: operator(
    'text',
    'ends with',
    text((fact, part) => fact.endsWith(part)),
  ),
  atLeast: operator(
    'number',
    'is at least',
    number((fact, bound) => fact >= bound),
  ),
  atMost: operator(
    'number',
    'is at most',
    number((fact, bound) => fact <= bound),
  ),
  moreThan: operator(
    'number',
    'is more than',
    number((fact, bound) => fact > bound),
  ),
  lessThan: operator(
    'number',
    'is less than',
    number((fact, bound) => fact < bound),
  ),
  exists: operator('flag', 'is known', exists),
} as const;

export type OperatorName = keyof typeof operators;

export const operatorNames = Object.keys(operators) as OperatorName[];

/** The operator of a comparison and its right side. */
export const operatorOf = (comparison: object): { name: OperatorName; expected: unknown } | undefined => {
  const name = operatorNames.find((each) => Object.hasOwn(comparison, each));
  return name && { name, expected: (comparison as Record<string, unknown>)[name] };
};

/** The test of one comparison. */
export const testOf = (name: OperatorName, expected: unknown): Test =>
  operators[name].test(expected as never);
