import { ExactSums } from './exact-sums.js';
import type { Journey, Journeys } from './journeys.js';
import type { Steps } from './steps.js';

/** Credit of each key, by its index, in proportion. */
export interface Shares {
  readonly conversions: Float64Array;
  readonly value: Float64Array;
}

/** Sums the credit that each journey gives to its keys: `credit` gives keys and their part of the journey. */
export function* sharesOf(
  { keys, blocks }: Journeys,
  credit: (journey: Journey, give: (key: number, part: number) => void) => void,
): Steps<Shares> {
  const conversions = new ExactSums(keys.length);
  const value = new ExactSums(keys.length);
  for (const block of blocks) {
    for (const journey of block.journeys()) {
      if (journey.conversions === 0 && journey.value === 0) continue;
      credit(journey, (key, part) => {
        conversions.add(key, part, journey.conversions);
        value.add(key, part, journey.value);
      });
    }
    yield;
  }
  return { conversions: conversions.toArray(), value: value.toArray() };
}
