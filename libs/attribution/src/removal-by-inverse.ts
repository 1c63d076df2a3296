import type { MarkovChain } from './markov-chain.js';
import { every, type Steps } from './steps.js';

const MULTIPLICATIONS_PER_STEP = 2_000_000;

/**
 * Removal effects of a chain of order 1, whose states are the keys, all from one inverse.
 *
 * With the diagonal matrix D of the states' weights and the matrix C of the transitions' weights, N = (D − C)⁻¹ D is the fundamental
 * matrix of the chain (Kemeny and Snell 1960). A journey is ever in state s with the probability v(s) / N(s,s), v being the expected
 * visits, and converts from there with the probability Σⱼ N(s,j) p(j). Expected visits in the chain are the visits in the data,
 * weight(s) / journeys. So with M = (D − C)⁻¹ the removal effect, the part of the conversions that pass s, is
 * Σⱼ M(s,j) conversions(j) / (M(s,s) · all conversions). It is no difference of two probabilities: small effects are as exact as large ones.
 */
export function* removalByInverse(chain: MarkovChain): Steps<Float64Array> {
  const count = chain.weight.length;
  const matrix = weightMatrix(chain);
  yield* invert(matrix, count);
  const all = chain.conversions.reduce((sum, each) => sum + each, 0);
  return Float64Array.from({ length: count }, (_, state) => {
    let converting = 0;
    for (let j = 0; j < count; j += 1) converting += matrix[state * count + j]! * chain.conversions[j]!;
    return converting / (matrix[state * count + state]! * all);
  });
}

const weightMatrix = ({ weight, firstTransition, target, transitionWeight }: MarkovChain): Float64Array => {
  const count = weight.length;
  const matrix = new Float64Array(count * count);
  for (let state = 0; state < count; state += 1) {
    matrix[state * count + state] = weight[state]!;
    for (let i = firstTransition[state]!; i < firstTransition[state + 1]!; i += 1)
      matrix[state * count + target[i]!] = -transitionWeight[i]!;
  }
  return matrix;
};

/**
 * Inverts a matrix in place by Gauss-Jordan elimination. Without pivoting: D − C is a nonsingular M-matrix, because a journey can
 * end from every state, and all its pivots are positive.
 */
function* invert(matrix: Float64Array, count: number): Steps<void> {
  const isDue = every(MULTIPLICATIONS_PER_STEP);
  for (let pivot = 0; pivot < count; pivot += 1) {
    const pivotRow = matrix.subarray(pivot * count, (pivot + 1) * count);
    let rows = 0;
    const inverse = 1 / pivotRow[pivot]!;
    pivotRow[pivot] = 1;
    for (let j = 0; j < count; j += 1) pivotRow[j]! *= inverse;
    for (let i = 0; i < count; i += 1) {
      if (i === pivot) continue;
      const row = matrix.subarray(i * count, (i + 1) * count);
      const factor = row[pivot]!;
      if (factor === 0) continue;
      row[pivot] = 0;
      for (let j = 0; j < count; j += 1) row[j]! -= factor * pivotRow[j]!;
      rows += 1;
    }
    if (isDue(rows * count)) yield;
  }
}
