import { childPointer, isStorableText, type Violation } from '@baton/contracts';

/** Characters of JSON; large documents in practice have some ten thousand. */
const MAX_DOCUMENT_CHARACTERS = 200_000;
const MAX_DEPTH = 32;

interface Visit {
  readonly value: unknown;
  readonly pointer: string;
  readonly depth: number;
}

/**
 * The first reason why a document cannot be stored: too deep, too long, or text that PostgreSQL refuses. Iterative, and to be called
 * before anything recursive, so that no depth overflows the stack.
 */
export const storageViolation = (document: unknown): Violation | undefined => {
  const open: Visit[] = [{ value: document, pointer: '', depth: 1 }];
  for (let visit = open.pop(); visit; visit = open.pop()) {
    const { value, pointer, depth } = visit;
    if (depth > MAX_DEPTH) return { pointer, detail: `is deeper than ${MAX_DEPTH} levels` };
    if (typeof value === 'string' && !isStorableText(value))
      return { pointer, detail: 'contains characters that cannot be stored' };
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      if (!isStorableText(name)) return { pointer, detail: 'has a name that cannot be stored' };
      open.push({ value: member, pointer: childPointer(pointer, name), depth: depth + 1 });
    }
  }
  return JSON.stringify(document).length > MAX_DOCUMENT_CHARACTERS
    ? { pointer: '', detail: `is longer than ${MAX_DOCUMENT_CHARACTERS} characters` }
    : undefined;
};
