import { compile, type Condition } from '@baton/conditions';
import type { AccountFacts, Rule } from './scoring-model.js';

/** Which conditions on the account hold: a digit each, in the order of the rules; empty for a model without any. */
export type AccountMatch = (account: AccountFacts | null) => string;

/**
 * Facts of an account change with every activity of its people, and its rules only when a condition turns from false to true or back.
 * Leads whose account has the same match get the same points for it.
 */
export const accountMatchOf = (rules: readonly Rule[]): AccountMatch => {
  const comparisons = new Map(
    rules.flatMap(({ when }) => comparisonsOf(when)).map((each) => [JSON.stringify(each), compile(each)]),
  );
  const conditions = [...comparisons.values()];
  if (conditions.length === 0) return () => '';
  return (account) => conditions.map((holds) => (holds({ account: account ?? {} }) ? '1' : '0')).join('');
};

const comparisonsOf = (condition: Condition): Condition[] => {
  if ('all' in condition) return condition.all.flatMap(comparisonsOf);
  if ('any' in condition) return condition.any.flatMap(comparisonsOf);
  if ('not' in condition) return comparisonsOf(condition.not);
  return condition.fact.startsWith('account.') ? [condition] : [];
};
