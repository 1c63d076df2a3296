import type { Condition, Facts, Predicate } from '@baton/conditions';
import type { Rule } from './scoring-model.js';

/** Cached results per model; the cache is cleared when full, because senders choose the facts. */
const MAX_CACHED = 20_000;
/** Longer cache keys are rare and cost more than evaluating the rules again. */
const MAX_KEY_LENGTH = 300;

/**
 * A function that gives the rules whose condition is true for some facts. Results are cached by the values of the facts that the
 * conditions read: these repeat (kind, name, page), and evaluating all rules takes about twenty times as long as a lookup.
 */
export const ruleMatcher = <Compiled extends { readonly holds: Predicate }>(
  rules: readonly Compiled[],
  documents: readonly Rule[],
): ((facts: Facts) => readonly Compiled[]) => {
  const paths = [...new Set(documents.flatMap(({ when }) => pathsOf(when)))].map((path) => path.split('.'));
  let cached = new Map<string, readonly Compiled[]>();
  return (facts) => {
    const key = cacheKeyOf(facts, paths);
    const hit = key === null ? undefined : cached.get(key);
    if (hit) return hit;
    const found = rules.filter((rule) => rule.holds(facts));
    if (key === null) return found;
    if (cached.size >= MAX_CACHED) cached = new Map();
    cached.set(key, found);
    return found;
  };
};

const pathsOf = (condition: Condition): string[] => {
  if ('all' in condition) return condition.all.flatMap(pathsOf);
  if ('any' in condition) return condition.any.flatMap(pathsOf);
  return 'not' in condition ? pathsOf(condition.not) : [condition.fact];
};

/** The values of the facts, each with its type so that `1` and `"1"` differ; null when not cacheable. */
const cacheKeyOf = (facts: Facts, paths: readonly (readonly string[])[]): string | null => {
  let key = '';
  for (const path of paths) {
    const value = valueAt(facts, path);
    if (value === undefined || value === null) key += '\u0000';
    else if (typeof value === 'string') key += `${value.length}s${value}`;
    else if (typeof value === 'number' || typeof value === 'boolean')
      key += `\u0000${typeof value}${value}\u0000`;
    else return null;
    if (key.length > MAX_KEY_LENGTH) return null;
  }
  return key;
};

/** Inherited members need no check here: they are no scalars, so that the facts are not cached. */
const valueAt = (facts: Facts, path: readonly string[]): unknown => {
  let value: unknown = facts;
  for (let index = 0; index < path.length; index += 1) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Facts)[path[index]!];
  }
  return value;
};
