import { childPointer, type Violation } from '@baton/contracts';

/** Characters of JSON; the largest sensible document has a few ten thousand. */
const MAX_DOCUMENT_CHARACTERS = 200_000;
const MAX_DEPTH = 32;

/** PostgreSQL keeps neither NUL nor halves of surrogate pairs. */
const UNSTORABLE_TEXT = /[\0\p{Surrogate}]/u;

interface Visit {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

/** True for text that the database can keep as it is. */
export const isStorableText = (text: string): boolean => !UNSTORABLE_TEXT.test(text);

/**
 * Why a document cannot be kept, before anything recursive looks at it: too deep, too long, or text that the database refuses.
 * Undefined when it can.
 */
export const storageViolation = (document: unknown): Violation | undefined => {
  const open: Visit[] = [{ value: document, path: '', depth: 1 }];
  for (let visit = open.pop(); visit; visit = open.pop()) {
    const { value, path, depth } = visit;
    if (depth > MAX_DEPTH) return { pointer: path, detail: `is deeper than ${MAX_DEPTH} levels` };
    if (typeof value === 'string' && !isStorableText(value))
      return { pointer: path, detail: 'contains characters that cannot be stored' };
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      if (!isStorableText(name)) return { pointer: path, detail: 'has a name that cannot be stored' };
      open.push({ value: member, path: childPointer(path, name), depth: depth + 1 });
    }
  }
  return JSON.stringify(document).length > MAX_DOCUMENT_CHARACTERS
    ? { pointer: '', detail: `is longer than ${MAX_DOCUMENT_CHARACTERS} characters` }
    : undefined;
};
