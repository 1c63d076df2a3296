import type { Condition } from '@baton/conditions';

const POINTS = new Set(['points', 'fit', 'engagement']);

/**
 * Whether more points can only make a condition come true, never false: it asks for points by their least only, and for nothing
 * that is worked out of them (the grade). Then a lead whose points fade can only fall, and once.
 */
export const risesWithPoints = (condition: Condition): boolean => {
  if ('all' in condition) return condition.all.every(risesWithPoints);
  if ('any' in condition) return condition.any.every(risesWithPoints);
  if ('not' in condition) return !asksForScore(condition.not);
  if (!asksForScore(condition)) return true;
  return 'atLeast' in condition || 'moreThan' in condition;
};

const asksForScore = (condition: Condition): boolean => {
  if ('all' in condition) return condition.all.some(asksForScore);
  if ('any' in condition) return condition.any.some(asksForScore);
  if ('not' in condition) return asksForScore(condition.not);
  return POINTS.has(condition.fact) || condition.fact === 'grade';
};
