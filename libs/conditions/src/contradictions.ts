import { isAll, isAny, isNot, type All, type Condition } from './condition.js';
import type { Violation } from '@baton/contracts';
import { operatorOf, operators, testOf, type OperatorName } from './operators.js';

interface Claim {
  readonly name: OperatorName;
  readonly expected: unknown;
}

/** Comparisons that must hold together, by fact: those of an `all` and of every `all` directly in it. */
const claimsByFact = (condition: All): Map<string, Claim[]> => {
  const claims = new Map<string, Claim[]>();
  const add = (each: Condition): void => {
    if (isAll(each)) return each.all.forEach(add);
    if (isAny(each) || isNot(each)) return;
    const { fact } = each;
    const claim = operatorOf(each);
    if (claim) claims.set(fact, [...(claims.get(fact) ?? []), claim]);
  };
  add(condition);
  return claims;
};

const needsValue = ({ name, expected }: Claim): boolean =>
  name === 'exists' ? expected === true : name !== 'isNot' && name !== 'notIn';

/**
 * Whether a claim excludes a value; undecided for `exists`. A number equals several texts (`5`, `05`), so only values of the same
 * type are compared. Prepares the test once: a document may have thousands of values for hundreds of claims.
 */
const exclusionBy = ({ name, expected }: Claim): ((value: unknown) => boolean) => {
  if (name === 'exists') return () => false;
  const { operand } = operators[name];
  const types = new Set([expected].flat().map((each) => typeof each));
  const type = operand === 'number' ? 'number' : operand === 'text' ? 'string' : [...types][0];
  const test = testOf(name, expected);
  return (value) => types.size === 1 && typeof value === type && !test(value);
};

const noValueLeft = (claims: readonly Claim[], mayBeList: boolean): boolean => {
  // Each positive comparison of a list may hold for another member; a negative one excludes a value from all members.
  const exclusions = claims
    .filter(({ name }) => !mayBeList || name === 'isNot' || name === 'notIn')
    .map(exclusionBy);
  const verdicts = new Map<unknown, boolean>();
  const isExcluded = (value: unknown): boolean => {
    const known = verdicts.get(value);
    if (known !== undefined) return known;
    const excluded = exclusions.some((excludes) => excludes(value));
    verdicts.set(value, excluded);
    return excluded;
  };
  const named = claims.filter(({ name }) => name === 'is' || name === 'in');
  return named.some(({ expected }) => [expected].flat().every(isExcluded));
};

const emptyRange = (claims: readonly Claim[]): boolean => {
  const bounds = (...names: OperatorName[]): number[] =>
    claims.filter(({ name }) => names.includes(name)).map(({ expected }) => expected as number);
  const low = Math.max(...bounds('atLeast', 'moreThan'));
  const high = Math.min(...bounds('atMost', 'lessThan'));
  const open = bounds('moreThan').includes(low) || bounds('lessThan').includes(high);
  return low > high || (low === high && open);
};

const cannotHold = (claims: readonly Claim[], mayBeList: boolean): boolean => {
  const wantsNothing = claims.some(({ name, expected }) => name === 'exists' && expected === false);
  return (
    (wantsNothing && claims.some(needsValue)) ||
    (!mayBeList && emptyRange(claims)) ||
    noValueLeft(claims, mayBeList)
  );
};

const describeClaim = ({ name, expected }: Claim): string =>
  name === 'exists'
    ? expected
      ? 'is known'
      : 'is not known'
    : `${operators[name].words} ${JSON.stringify(expected)}`;

/**
 * Facts whose comparisons in an `all` exclude one another. Sound but not complete: a reported `all` can never hold, some are missed.
 * @param mayBeList whether the fact at a path may be a list
 */
export const contradictions = (
  condition: All,
  at: string,
  mayBeList: (fact: string) => boolean,
): Violation[] =>
  [...claimsByFact(condition)].flatMap(([fact, claims]) =>
    cannotHold(claims, mayBeList(fact))
      ? { pointer: at, detail: `can never hold: '${fact}' ${claims.map(describeClaim).join(' and ')}` }
      : [],
  );
