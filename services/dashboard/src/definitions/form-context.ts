import type { Violation } from '../api/problem.js';
import { setAt } from './set-at.js';

/** A document in a form: its values by JSON Pointer, and the faults at each. */
export interface DocumentForm {
  readonly document: any;
  readonly set: (pointer: string, value: unknown) => void;
  /** What is wrong at a pointer, or at `below` it; undefined when nothing is. */
  readonly faultAt: (pointer: string, below?: boolean) => string | undefined;
}

export const documentForm = (
  document: unknown,
  violations: readonly Violation[],
  change: (document: unknown) => void,
): DocumentForm => ({
  document,
  set: (pointer, value) => change(setAt(document, pointer, value)),
  faultAt: (pointer, below = false) =>
    violations
      .filter((each) => each.pointer === pointer || (below && each.pointer.startsWith(`${pointer}/`)))
      .map(({ detail }) => detail)
      .join('; ') || undefined,
});
