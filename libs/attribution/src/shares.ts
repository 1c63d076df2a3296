import type { MergedPath, MergedPaths } from './merged-paths.js';
import { every, TOUCHES_PER_STEP, type Steps } from './steps.js';

/** Credit of each key, by its index, in proportion. */
export interface Shares {
  readonly conversions: Float64Array;
  readonly value: Float64Array;
}

/** Sums the credit that each path gives to its keys. `credit` yields pairs of a key and its part of the path. */
export function* sharesOf(
  { keys, paths }: MergedPaths,
  credit: (path: MergedPath, give: (key: number, part: number) => void) => void,
): Steps<Shares> {
  const shares = { conversions: new Float64Array(keys.length), value: new Float64Array(keys.length) };
  const isDue = every(TOUCHES_PER_STEP);
  for (const path of paths) {
    credit(path, (key, part) => {
      shares.conversions[key]! += part * path.conversions;
      shares.value[key]! += part * path.value;
    });
    if (isDue(path.touches.length)) yield;
  }
  return shares;
}
