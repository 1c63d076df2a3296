import { isStorableText } from './sanitize-text.js';
import { childPointer, type Violation } from './violation.js';

interface Visit {
  readonly value: unknown;
  readonly pointer: string;
  readonly depth: number;
}

/**
 * A reason why a JSON value cannot be stored: nested more than `maxDepth` levels, or text that PostgreSQL refuses. Iterative, and to
 * be called before anything recursive, so that no depth overflows the stack.
 */
export const unstorableIn = (json: unknown, maxDepth: number): Violation | undefined => {
  const open: Visit[] = [{ value: json, pointer: '', depth: 1 }];
  for (let visit = open.pop(); visit; visit = open.pop()) {
    const { value, pointer, depth } = visit;
    if (depth > maxDepth) return { pointer, detail: `is deeper than ${maxDepth} levels` };
    if (typeof value === 'string' && !isStorableText(value))
      return { pointer, detail: 'contains characters that cannot be stored' };
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      if (!isStorableText(name)) return { pointer, detail: 'has a name that cannot be stored' };
      open.push({ value: member, pointer: childPointer(pointer, name), depth: depth + 1 });
    }
  }
  return undefined;
};
