import type { Condition } from '@baton/conditions';

const POINTS = new Set(['points', 'fit', 'engagement']);

/**
 * Whether a condition is monotonic in points: more points can make it true but never false. It must compare points with lower
 * bounds only and not read the grade. Then decay alone changes the result at most once.
 */
export const isMonotonic = (condition: Condition): boolean => {
  if ('all' in condition) return condition.all.every(isMonotonic);
  if ('any' in condition) return condition.any.every(isMonotonic);
  if ('not' in condition) return !readsScore(condition.not);
  if (!readsScore(condition)) return true;
  return 'atLeast' in condition || 'moreThan' in condition;
};

const readsScore = (condition: Condition): boolean => {
  if ('all' in condition) return condition.all.some(readsScore);
  if ('any' in condition) return condition.any.some(readsScore);
  if ('not' in condition) return readsScore(condition.not);
  return POINTS.has(condition.fact) || condition.fact === 'grade';
};
