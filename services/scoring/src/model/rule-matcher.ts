import type { Condition, Facts, Predicate } from '@baton/conditions';
import type { Rule } from './scoring-model.js';

/** Answers remembered for one model; then it is begun anew. Senders choose the facts, so there is no end of them. */
const MOST = 20_000;
/** A fact longer than this is asked about every time: few are, and remembering them costs more. */
const LONGEST = 300;

/**
 * Which of the rules hold. What the rules look at is mostly the same few values (this kind, this name, this page), so the answer is
 * remembered by those values: asking all rules costs twenty times as much.
 */
export const matching = <Compiled extends { readonly holds: Predicate }>(
  rules: readonly Compiled[],
  documents: readonly Rule[],
): ((facts: Facts) => readonly Compiled[]) => {
  const paths = [...new Set(documents.flatMap(({ when }) => pathsOf(when)))].map((path) => path.split('.'));
  let known = new Map<string, readonly Compiled[]>();
  return (facts) => {
    const key = keyOf(facts, paths);
    const answer = key === null ? undefined : known.get(key);
    if (answer) return answer;
    const found = rules.filter((rule) => rule.holds(facts));
    if (key === null) return found;
    if (known.size >= MOST) known = new Map();
    known.set(key, found);
    return found;
  };
};

const pathsOf = (condition: Condition): string[] => {
  if ('all' in condition) return condition.all.flatMap(pathsOf);
  if ('any' in condition) return condition.any.flatMap(pathsOf);
  return 'not' in condition ? pathsOf(condition.not) : [condition.fact];
};

/** The facts asked for, each with its type, so that `1` and `"1"` differ; null where they are not worth remembering. */
const keyOf = (facts: Facts, paths: readonly (readonly string[])[]): string | null => {
  let key = '';
  for (const path of paths) {
    const value = valueAt(facts, path);
    if (value === undefined || value === null) key += '\u0000';
    else if (typeof value === 'string') key += `${value.length}s${value}`;
    else if (typeof value === 'number' || typeof value === 'boolean')
      key += `\u0000${typeof value}${value}\u0000`;
    else return null;
    if (key.length > LONGEST) return null;
  }
  return key;
};

const valueAt = (facts: Facts, path: readonly string[]): unknown => {
  let value: unknown = facts;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Facts)[name];
  }
  return value;
};
