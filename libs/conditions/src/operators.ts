import type { Value } from './condition.js';
import { asNumber, asText, isMissing, textOf } from './facts.js';
import { fold } from './fold.js';
import { phraseFinder } from './words.js';

export type Test = (fact: unknown) => boolean;

/** Type of the right side of an operator. */
export type Operand = 'value' | 'values' | 'text' | 'phrases' | 'number' | 'flag';

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

/** A list passes when one of its members does: two ticked boxes of a form never count less than one of them alone. */
const ofAnyMember =
  <Expected>(testOf: (expected: Expected) => Test) =>
  (expected: Expected): Test => {
    const test = testOf(expected);
    return (fact) => (Array.isArray(fact) ? fact.some((member) => test(member)) : test(fact));
  };

const is = ofAnyMember((expected: Value): Test => {
  if (typeof expected === 'number') return (fact) => asNumber(fact) === expected;
  const text = asText(expected);
  return (fact) => text !== undefined && asText(fact) === text;
});

const isIn = ofAnyMember((expected: readonly Value[]): Test => {
  const numbers = new Set(expected.filter((value) => typeof value === 'number'));
  const texts = new Set(expected.filter((value) => typeof value !== 'number').map(asText));
  return (fact) => {
    const number = numbers.size > 0 ? asNumber(fact) : undefined;
    if (number !== undefined && numbers.has(number)) return true;
    const text = asText(fact);
    return text !== undefined && texts.has(text);
  };
});

/** What the author wrote is not trimmed: `coo ` does not start `coordinator`. */
const text = (matches: (fact: string, expected: string) => boolean) =>
  ofAnyMember((expected: string): Test => {
    const folded = fold(expected);
    return (fact) => {
      const actual = asText(fact);
      return actual !== undefined && matches(actual, folded);
    };
  });

const hasWord = ofAnyMember((expected: readonly string[]): Test => {
  const hasPhrase = phraseFinder(expected);
  return (fact) => {
    const actual = textOf(fact);
    return actual !== undefined && hasPhrase(actual);
  };
});

const number = (holds: (fact: number, bound: number) => boolean) =>
  ofAnyMember((bound: number): Test => (fact) => {
    const actual = asNumber(fact);
    return actual !== undefined && holds(actual, bound);
  });

const exists = (expected: boolean): Test => (expected ? negated(isMissing) : isMissing);

/** Every operator. Compiler, checks, descriptions and JSON Schema derive from this table. */
export const operators = {
  is: operator('value', 'is', is),
  isNot: operator('value', 'is not', (expected: Value) => negated(is(expected))),
  in: operator('values', 'is one of', isIn),
  notIn: operator('values', 'is none of', (expected: readonly Value[]) => negated(isIn(expected))),
  hasWord: operator('phrases', 'has the word', hasWord),
  contains: operator(
    'text',
    'contains',
    text((fact, part) => fact.includes(part)),
  ),
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
