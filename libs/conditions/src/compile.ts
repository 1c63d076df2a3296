import { isAll, isAny, isNot, MAX_DEPTH, type Comparison, type Condition } from './condition.js';
import { factGetter, type Facts } from './facts.js';
import { operatorOf, testOf } from './operators.js';

/** A compiled condition. Never throws, for any facts. */
export type Predicate = (facts: Facts) => boolean;

const all = ([first, second, ...more]: readonly Predicate[]): Predicate => {
  if (!first) return () => false;
  if (!second) return first;
  if (more.length === 0) return (facts) => first(facts) && second(facts);
  const each = [first, second, ...more];
  return (facts) => {
    for (const holds of each) if (!holds(facts)) return false;
    return true;
  };
};

const any = ([first, second, ...more]: readonly Predicate[]): Predicate => {
  if (!first) return () => false;
  if (!second) return first;
  if (more.length === 0) return (facts) => first(facts) || second(facts);
  const each = [first, second, ...more];
  return (facts) => {
    for (const holds of each) if (holds(facts)) return true;
    return false;
  };
};

const comparison = (condition: Comparison): Predicate => {
  const used = operatorOf(condition);
  if (!used) throw new TypeError(`no comparison of the fact '${condition.fact}'`);
  const read = factGetter(condition.fact);
  const test = testOf(used.name, used.expected);
  return (facts) => test(read(facts));
};

const build = (condition: Condition, depth: number): Predicate => {
  if (depth > MAX_DEPTH) throw new RangeError(`a condition may be ${MAX_DEPTH} levels deep`);
  if (isAll(condition)) return all(condition.all.map((each) => build(each, depth + 1)));
  if (isAny(condition)) return any(condition.any.map((each) => build(each, depth + 1)));
  if (isNot(condition)) {
    const holds = build(condition.not, depth + 1);
    return (facts) => !holds(facts);
  }
  return comparison(condition);
};

/**
 * Compiles a condition to closures; no code is generated. An empty `all` or `any` never holds. A missing fact makes every
 * comparison false except `isNot`, `notIn` and `exists: false`. Check the condition with `conditionViolations` first.
 * @throws RangeError when it is deeper than MAX_DEPTH, TypeError for a comparison without an operator
 */
export const compile = (condition: Condition): Predicate => build(condition, 1);
