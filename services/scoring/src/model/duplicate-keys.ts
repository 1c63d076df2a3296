import type { Violation } from '@baton/contracts';

/** A fault at every key that stood in the list before. */
export const repeated = (keys: readonly string[], pathOf: (index: number) => string): Violation[] =>
  keys.flatMap((key, index) =>
    keys.indexOf(key) < index ? { pointer: pathOf(index), detail: `'${key}' stands here a second time` } : [],
  );
