import { byName, type Column } from './column.js';
import { groupIndexes, groupingOf, groupsOf, type PairEncoding } from './pair-encoding.js';

/** Rows the search looks at. */
const MAX_ROWS = 20_000;

export interface Residuals {
  /** Outcome less probability of each row. */
  readonly residuals: Float64Array;
  /** Probability times its complement of each row. */
  readonly curvature: Float64Array;
}

export interface RankedPair {
  readonly pair: PairEncoding;
  /** Standard deviations by which the gain is above that of two unrelated columns. */
  readonly strength: number;
}

/**
 * Pairs of columns whose combinations explain what is left of the outcomes, strongest first. The gain of a pair is the score statistic
 * Σ g² / h over its cells (as FAST ranks pairs in Lou, Caruana et al. 2013), which has about one per cell by chance.
 */
export const rankedPairs = (
  columns: readonly Column[],
  { residuals, curvature }: Residuals,
): RankedPair[] => {
  const rows = Math.min(MAX_ROWS, residuals.length);
  const from = residuals.length - rows;
  const grouped = [...columns].sort(byName).map((column) => {
    const grouping = groupingOf(column);
    return { grouping, groups: groupIndexes(grouping, column), count: groupsOf(grouping) };
  });
  const found: RankedPair[] = [];
  for (let i = 0; i < grouped.length; i += 1)
    for (let j = i + 1; j < grouped.length; j += 1) {
      const [a, b] = [grouped[i]!, grouped[j]!];
      const gradients = new Float64Array(a.count * b.count);
      const curvatures = new Float64Array(a.count * b.count);
      for (let row = from; row < residuals.length; row += 1) {
        const cell = a.groups[row]! * b.count + b.groups[row]!;
        gradients[cell]! += residuals[row]!;
        curvatures[cell]! += curvature[row]!;
      }
      let [gain, cells] = [0, 0];
      for (let cell = 0; cell < gradients.length; cell += 1) {
        if (curvatures[cell]! < 1) continue;
        cells += 1;
        gain += gradients[cell]! ** 2 / curvatures[cell]!;
      }
      const freedom = Math.max(1, cells - 1);
      found.push({
        pair: { kind: 'pair', first: a.grouping, second: b.grouping },
        strength: (gain - freedom) / Math.sqrt(2 * freedom),
      });
    }
  return found.sort((a, b) => b.strength - a.strength);
};
