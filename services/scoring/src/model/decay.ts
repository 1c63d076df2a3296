import type { Period } from './scoring-model.js';

const MILLISECONDS = { hours: 3_600_000, days: 86_400_000 } as const;

/** The length of a period in ms. */
export const millisecondsOf = ({ amount, unit }: Period): number => amount * MILLISECONDS[unit];

/**
 * Points remaining at an age in ms: N(t) = N₀ · 2^(−t/T½), the law of exponential decay by half-life
 * (https://en.wikipedia.org/wiki/Half-life#Formulas_for_half-life_in_exponential_decay). Without a half-life they do not decay.
 */
export const decayed = (points: number, age: number, halfLife: number | undefined): number =>
  halfLife === undefined || age === 0 ? points : points * 2 ** (-age / halfLife);
