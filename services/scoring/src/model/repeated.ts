import type { Fault } from '@baton/conditions';

/** A fault at every key that stood in the list before. */
export const repeated = (keys: readonly string[], pathOf: (index: number) => string): Fault[] =>
  keys.flatMap((key, index) =>
    keys.indexOf(key) < index ? { path: pathOf(index), message: `'${key}' stands here a second time` } : [],
  );
