import type { Path } from './request.js';
import { sortedInSteps } from './sorted-in-steps.js';
import { every, TOUCHES_PER_STEP, type Steps } from './steps.js';

/** Conversions and nulls are counted in units of 0.000001. */
export const CONVERSION_UNITS = 1_000_000;
/** Values are counted in units of 0.001: no currency has more than three decimals. */
export const VALUE_UNITS = 1_000;

/** All journeys of one path. Sums are integers, so that neither order nor division into rows changes them. */
export interface MergedPath {
  /** Indexes of keys. */
  readonly touches: readonly number[];
  readonly daysBefore: readonly number[] | undefined;
  readonly milestones: readonly number[] | undefined;
  /** Units of 0.000001. */
  conversions: number;
  nulls: number;
  /** Units of 0.001. */
  value: number;
}

export interface MergedPaths {
  /** Distinct keys in order of their UTF-16 code units. */
  readonly keys: readonly string[];
  /** Distinct paths in a fixed order, so that sums of doubles do not depend on the order of rows. */
  readonly paths: readonly MergedPath[];
  readonly hasValue: boolean;
}

/** The rows of a request, equal paths as one. */
export function* mergedPaths(rows: readonly Path[]): Steps<MergedPaths> {
  const keys = yield* keysOf(rows);
  const indexes = new Map(keys.map((key, index) => [key, index]));
  const merged = new Map<string, MergedPath>();
  const isDue = every(TOUCHES_PER_STEP);
  for (const { path, conversions, nulls = 0, value = 0, daysBefore, milestones } of rows) {
    if (isDue(path.length)) yield;
    const touches = path.map((key) => indexes.get(key)!);
    const id = `${touches.join()};${daysBefore?.join() ?? ''};${milestones?.join() ?? ''}`;
    let one = merged.get(id);
    if (!one) merged.set(id, (one = { touches, daysBefore, milestones, conversions: 0, nulls: 0, value: 0 }));
    one.conversions += Math.round(conversions * CONVERSION_UNITS);
    one.nulls += Math.round(nulls * CONVERSION_UNITS);
    one.value += Math.round(value * VALUE_UNITS);
  }
  const ids = yield* sortedInSteps([...merged.keys()]);
  return {
    keys,
    paths: ids.map((id) => merged.get(id)!),
    hasValue: rows.some(({ value }) => value !== undefined),
  };
}

function* keysOf(rows: readonly Path[]): Steps<readonly string[]> {
  const keys = new Set<string>();
  const isDue = every(TOUCHES_PER_STEP);
  for (const { path } of rows) {
    if (isDue(path.length)) yield;
    for (const key of path) keys.add(key);
  }
  return yield* sortedInSteps([...keys]);
}
