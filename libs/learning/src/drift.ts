import { isNumeric, type Column } from './column.js';
import { groupIndexes, groupingOf, groupsOf } from './pair-encoding.js';

export interface Drift {
  readonly column: string;
  /** Population stability index; above 0.25 the column has changed a lot (Siddiqi 2006). */
  readonly index: number;
}

export const MAX_STABLE_INDEX = 0.25;

/**
 * Population stability index of each column, Σ (q − p) ln(q / p) over the groups of its values, with p their shares in the older part and q
 * in the newer one; largest first. Half a row is added to each group, so that an empty one does not give infinity.
 */
export const driftOf = (older: readonly Column[], newer: readonly Column[]): Drift[] => {
  const later = new Map(newer.map((column) => [column.name, column]));
  return older
    .map((column) => ({ column: column.name, index: indexOf(column, later.get(column.name)!) }))
    .sort((a, b) => b.index - a.index || (a.column < b.column ? -1 : 1));
};

const indexOf = (older: Column, newer: Column): number => {
  const grouping = groupingOf(older);
  const [before, after] = [older, newer].map((column) => {
    const counts = new Float64Array(groupsOf(grouping)).fill(0.5);
    // A column that is empty in one part may look like another kind there.
    if (isNumeric(column) === isNumeric(older))
      for (const group of groupIndexes(grouping, column)) counts[group]! += 1;
    return counts.map((count) => count / (column.values.length + counts.length / 2));
  });
  return before!.reduce((sum, p, group) => sum + (after![group]! - p) * Math.log(after![group]! / p), 0);
};
