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
 * Whether `claim` can be evaluated for the value alone. A number equals several texts (`5`, `05`), so only values of the same type are
 * compared.
 */
const isComparable = (claim: Claim, value: unknown): boolean => {
  const { operand } = operators[claim.name];
  if (operand === 'number') return typeof value === 'number';
  if (operand === 'text') return typeof value === 'string';
  return [claim.expected].flat().every((expected) => typeof expected === typeof value);
};

const noValueLeft = (claims: readonly Claim[]): boolean => {
  const named = claims.filter(({ name }) => name === 'is' || name === 'in');
  return named.some((claim) =>
    [claim.expected]
      .flat()
      .every((value) =>
        claims.some(
          (other) =>
            other.name !== 'exists' &&
            isComparable(other, value) &&
            !testOf(other.name, other.expected)(value),
        ),
      ),
  );
};

const emptyRange = (claims: readonly Claim[]): boolean => {
  const bounds = (...names: OperatorName[]): number[] =>
    claims.filter(({ name }) => names.includes(name)).map(({ expected }) => expected as number);
  const low = Math.max(...bounds('atLeast', 'moreThan'));
  const high = Math.min(...bounds('atMost', 'lessThan'));
  const open = bounds('moreThan').includes(low) || bounds('lessThan').includes(high);
  return low > high || (low === high && open);
};

const cannotHold = (claims: readonly Claim[]): boolean => {
  const wantsNothing = claims.some(({ name, expected }) => name === 'exists' && expected === false);
  return (wantsNothing && claims.some(needsValue)) || emptyRange(claims) || noValueLeft(claims);
};

const describeClaim = ({ name, expected }: Claim): string =>
  name === 'exists'
    ? expected
      ? 'is known'
      : 'is not known'
    : `${operators[name].words} ${JSON.stringify(expected)}`;

/** Facts whose comparisons in an `all` exclude one another. Sound but not complete: a reported `all` can never hold, some are missed. */
export const contradictions = (condition: All, at: string): Violation[] =>
  [...claimsByFact(condition)].flatMap(([fact, claims]) =>
    cannotHold(claims)
      ? { pointer: at, detail: `can never hold: '${fact}' ${claims.map(describeClaim).join(' and ')}` }
      : [],
  );
