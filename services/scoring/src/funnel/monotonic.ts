import type { Condition } from '@baton/conditions';

/** `fitGrade` is not among them: no activity and no time changes it. */
const OF_SCORE = new Set(['points', 'fit', 'engagement', 'grade', 'band', 'cell']);

/**
 * Whether a condition is monotonic in points: more points can make it true but never false. It must compare points with lower
 * bounds only and not read the grade or the cell. Then decay alone changes the result at most once.
 */
export const isMonotonic = (condition: Condition): boolean => {
  if ('all' in condition) return condition.all.every(isMonotonic);
  if ('any' in condition) return condition.any.every(isMonotonic);
  if ('not' in condition) return !readsScore(condition.not);
  if (!readsScore(condition)) return true;
  // Band 1 is the best.
  if (condition.fact === 'band') return 'atMost' in condition || 'lessThan' in condition;
  return 'atLeast' in condition || 'moreThan' in condition;
};

const readsScore = (condition: Condition): boolean => {
  if ('all' in condition) return condition.all.some(readsScore);
  if ('any' in condition) return condition.any.some(readsScore);
  if ('not' in condition) return readsScore(condition.not);
  return OF_SCORE.has(condition.fact);
};
