import type { Steps } from './steps.js';

const SORTED_AT_ONCE = 8_000;

/** Distinct texts in the order of `Array.prototype.sort`, by merge sort above 8,000. */
export function* sortedInSteps(texts: readonly string[]): Steps<readonly string[]> {
  if (texts.length <= SORTED_AT_ONCE) {
    yield;
    return [...texts].sort();
  }
  const middle = texts.length >> 1;
  const left = yield* sortedInSteps(texts.slice(0, middle));
  const right = yield* sortedInSteps(texts.slice(middle));
  yield;
  return mergeOf(left, right);
}

const mergeOf = (left: readonly string[], right: readonly string[]): string[] => {
  const merged: string[] = [];
  for (let l = 0, r = 0; l < left.length || r < right.length;) {
    const takeLeft = r === right.length || (l < left.length && left[l]! < right[r]!);
    merged.push(takeLeft ? left[l++]! : right[r++]!);
  }
  return merged;
};
