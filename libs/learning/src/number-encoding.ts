import type { NumberColumn } from './column.js';

/** Intervals of equal numbers of rows between the knots of a curve. */
const INTERVALS = 10;
/** Share of the rows at each end whose values are taken for that of the last one before (winsorised). */
const TAIL = 0.005;
/** Third standardised moment above which logarithms are tried. */
const MAX_SKEW = 1.5;
const MAX_SIZE = 1e100;
/** Rows with a missing value that give it a feature. */
const MIN_MISSING = 10;

/** How a number becomes features: its standardised value, and one for missing. */
export interface NumberEncoding {
  readonly name: string;
  readonly kind: 'number';
  /** Logarithm of the size, for values that spread over orders of magnitude. */
  readonly logarithmic: boolean;
  readonly mean: number;
  readonly deviation: number;
  /** Ascending, transformed values; the ends bound what is used. At least two. */
  readonly knots: readonly number[];
  readonly missing: boolean;
}

/** A curve over the knots of a number, piecewise linear: between two knots a number is part of both. */
export interface CurveEncoding extends Omit<NumberEncoding, 'kind'> {
  readonly kind: 'curve';
}

/** @returns undefined for a column without two different values in `column` */
export const numberEncodingOf = (column: NumberColumn): NumberEncoding | undefined => {
  const known = column.values.filter((value) => !Number.isNaN(value));
  const sorted = Float64Array.from(known).sort();
  if (sorted.length === 0 || sorted[0] === sorted.at(-1)) {
    return undefined;
  }
  const logarithmic = spreads(sorted);
  const transformed = logarithmic ? sorted.map(logarithm) : sorted;
  const knots = knotsOf(transformed);
  const [low, high] = [knots[0]!, knots.at(-1)!];
  const { mean, deviation } = momentsOf(transformed.map((value) => Math.min(high, Math.max(low, value))));
  const missing = column.values.length - known.length >= MIN_MISSING;
  return { name: column.name, kind: 'number', logarithmic, mean, deviation, knots, missing };
};

/** Every value when there are few, else quantiles; extremes are cut unless the middle has one value only. */
const knotsOf = (sorted: Float64Array): number[] => {
  const distinct: number[] = [];
  for (const value of sorted) {
    if (value !== distinct.at(-1)) distinct.push(value);
    if (distinct.length > INTERVALS + 2) break;
  }
  if (distinct.length <= INTERVALS + 2) return distinct;
  const shares = Array.from({ length: INTERVALS + 1 }, (_, i) => i / INTERVALS);
  const quantiles = [TAIL, ...shares.slice(1, -1), 1 - TAIL].map((share) => quantile(sorted, share));
  const knots = [...new Set(quantiles)];
  return knots.length >= 2 ? knots : [sorted[0]!, sorted.at(-1)!];
};

export const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;

const logarithm = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value));

/** Whether the logarithms are less skewed; squares of the largest numbers would overflow. */
const spreads = (sorted: Float64Array): boolean => {
  if (Math.max(Math.abs(sorted[0]!), Math.abs(sorted.at(-1)!)) > MAX_SIZE) return true;
  const skew = Math.abs(momentsOf(sorted).skew);
  return skew > MAX_SKEW && Math.abs(momentsOf(sorted.map(logarithm)).skew) < skew;
};

/** Mean, standard deviation and third standardised moment, computed on values of size 1 at most. */
const momentsOf = (values: Float64Array): { mean: number; deviation: number; skew: number } => {
  const scale = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  let mean = 0;
  for (const value of values) mean += value / scale / values.length;
  let [square, cube] = [0, 0];
  for (const value of values) {
    const difference = value / scale - mean;
    square += difference ** 2 / values.length;
    cube += difference ** 3 / values.length;
  }
  const deviation = Math.sqrt(square);
  return {
    mean: mean * scale,
    deviation: deviation * scale || 1,
    skew: deviation > 0 ? cube / deviation ** 3 : 0,
  };
};

/** The value that features are made of: transformed and within the outer knots. */
export const bounded = (
  { logarithmic, knots }: Pick<NumberEncoding, 'logarithmic' | 'knots'>,
  value: number,
): number => Math.min(knots.at(-1)!, Math.max(knots[0]!, logarithmic ? logarithm(value) : value));

/** Index of the knot at or before a bounded value, never the last one. */
export const knotBefore = (knots: readonly number[], value: number): number => {
  let index = 0;
  while (index < knots.length - 2 && knots[index + 1]! <= value) index += 1;
  return index;
};
