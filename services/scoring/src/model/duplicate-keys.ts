import type { Violation } from '@baton/contracts';

/** A violation for every key that occurs earlier in the list. */
export const duplicateKeys = (keys: readonly string[], pathOf: (index: number) => string): Violation[] =>
  keys.flatMap((key, index) =>
    keys.indexOf(key) < index ? { pointer: pathOf(index), detail: `'${key}' is a duplicate` } : [],
  );
