import { addTransposed, addTransposedSquares, multiply, type SparseRows } from './sparse-rows.js';

const MAX_NEWTON_STEPS = 50;
const MAX_CONJUGATE_STEPS = 200;
const MAX_HALVINGS = 30;
/** Gradient relative to that of null weights: where the minimum is reached, and where it is near enough to compare settings. */
const TOLERANCE = { exact: 1e-5, rough: 1e-3 } as const;

export interface TrainingSet {
  /** Features; one of them is 1 in every row and not penalised: the intercept. */
  readonly rows: SparseRows;
  /** 1 for a positive outcome, else 0. */
  readonly outcomes: Float64Array;
  /** How much each row counts, 1 for an ordinary one. */
  readonly importance: Float64Array;
  /** Strength of the regularisation of each feature: the inverse of the variance its weight has a priori. */
  readonly penalties: Float64Array;
}

export const sigmoid = (logOdds: number): number =>
  logOdds >= 0 ? 1 / (1 + Math.exp(-logOdds)) : Math.exp(logOdds) / (1 + Math.exp(logOdds));

/** log(1 + e^x) without overflow. */
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/**
 * Weights that minimise the L2-regularised negative log likelihood  Σ cᵢ (log(1 + e^(xᵢ·w)) − yᵢ xᵢ·w) + ½ Σ λⱼ wⱼ².
 * The problem is convex. Newton's method with steps from conjugate gradients preconditioned by the diagonal, and step halving, as in
 * trust region Newton (Lin, Weng, Keerthi 2008, the solver of LIBLINEAR). No randomness: equal input gives equal weights.
 * @param start weights to begin from, such as those of a stronger penalty
 */
export const fitLogisticRegression = (
  set: TrainingSet,
  {
    start,
    precision = 'exact',
  }: { start?: Float64Array | undefined; precision?: keyof typeof TOLERANCE } = {},
): Float64Array => {
  const weights = start ? start.slice() : new Float64Array(set.rows.width);
  const logOdds = new Float64Array(set.outcomes.length);
  const atNull = gradientOf(set, new Float64Array(weights.length), logOdds).norm;
  let loss = lossOf(set, weights, logOdds);
  for (let step = 0; step < MAX_NEWTON_STEPS; step += 1) {
    const { gradient, curvature, norm } = gradientOf(set, weights, logOdds);
    if (norm <= TOLERANCE[precision] * atNull || norm === 0) break;
    const direction = newtonDirection(set, gradient, curvature, norm, atNull);
    const next = halved(set, weights, { direction, gradient, loss, logOdds });
    if (next === undefined) break;
    loss = next;
  }
  return weights;
};

/** Writes `logOdds`, too. */
const lossOf = (set: TrainingSet, weights: Float64Array, logOdds: Float64Array): number => {
  multiply(set.rows, weights, logOdds);
  let loss = 0;
  for (let row = 0; row < logOdds.length; row += 1)
    loss += set.importance[row]! * (softplus(logOdds[row]!) - set.outcomes[row]! * logOdds[row]!);
  for (let j = 0; j < weights.length; j += 1) loss += 0.5 * set.penalties[j]! * weights[j]! ** 2;
  return loss;
};

/** @param logOdds of `weights` */
const gradientOf = (
  set: TrainingSet,
  weights: Float64Array,
  logOdds: Float64Array,
): { gradient: Float64Array; curvature: Float64Array; norm: number } => {
  const residuals = new Float64Array(set.outcomes.length);
  const curvature = new Float64Array(set.outcomes.length);
  for (let row = 0; row < residuals.length; row += 1) {
    const probability = sigmoid(logOdds[row]!);
    residuals[row] = set.importance[row]! * (probability - set.outcomes[row]!);
    curvature[row] = set.importance[row]! * probability * (1 - probability);
  }
  const gradient = weights.map((weight, j) => set.penalties[j]! * weight);
  addTransposed(set.rows, residuals, gradient);
  return { gradient, curvature, norm: Math.sqrt(dot(gradient, gradient)) };
};

/** Approximate solution d of H d = −g, H = Xᵀ diag(curvature) X + diag(penalties). */
const newtonDirection = (
  set: TrainingSet,
  gradient: Float64Array,
  curvature: Float64Array,
  norm: number,
  atNull: number,
): Float64Array => {
  const diagonal = set.penalties.slice();
  addTransposedSquares(set.rows, curvature, diagonal);
  const inverse = diagonal.map((value) => 1 / Math.max(value, 1e-12));
  const direction = new Float64Array(gradient.length);
  const residual = gradient.map((value) => -value);
  let conditioned = residual.map((value, j) => value * inverse[j]!);
  const search = conditioned.slice();
  const sums = new Float64Array(curvature.length);
  let product = dot(residual, conditioned);
  // A rough solution far from the minimum, a precise one near it (inexact Newton, Eisenstat and Walker 1996).
  const goal = Math.min(0.1, Math.sqrt(norm / atNull)) * norm;
  for (let step = 0; step < MAX_CONJUGATE_STEPS && product > 0; step += 1) {
    const image = search.map((value, j) => set.penalties[j]! * value);
    multiply(set.rows, search, sums);
    for (let row = 0; row < sums.length; row += 1) sums[row]! *= curvature[row]!;
    addTransposed(set.rows, sums, image);
    const length = product / dot(search, image);
    if (!Number.isFinite(length)) break;
    for (let j = 0; j < direction.length; j += 1) {
      direction[j]! += length * search[j]!;
      residual[j]! -= length * image[j]!;
    }
    if (Math.sqrt(dot(residual, residual)) <= goal) break;
    conditioned = residual.map((value, j) => value * inverse[j]!);
    const next = dot(residual, conditioned);
    for (let j = 0; j < search.length; j += 1) search[j] = conditioned[j]! + (next / product) * search[j]!;
    product = next;
  }
  return direction;
};

/** Changes `weights` by the step, halved until the loss falls enough (Armijo). Gives the new loss, undefined when none falls. */
const halved = (
  set: TrainingSet,
  weights: Float64Array,
  from: { direction: Float64Array; gradient: Float64Array; loss: number; logOdds: Float64Array },
): number | undefined => {
  const slope = dot(from.direction, from.gradient);
  for (let halving = 0, length = 1; halving < MAX_HALVINGS; halving += 1, length /= 2) {
    const next = weights.map((weight, j) => weight + length * from.direction[j]!);
    const loss = lossOf(set, next, from.logOdds);
    if (loss <= from.loss + 1e-4 * length * slope) {
      weights.set(next);
      return loss;
    }
  }
  return undefined;
};

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
};
