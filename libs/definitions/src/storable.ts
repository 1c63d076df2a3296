import { below, type Fault } from '@baton/conditions';

/** Characters of JSON; the largest sensible document has a few ten thousand. */
const MOST_CHARACTERS = 200_000;
const DEEPEST = 32;

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
export const unstorable = (document: unknown): Fault | undefined => {
  const open: Visit[] = [{ value: document, path: '', depth: 1 }];
  for (let visit = open.pop(); visit; visit = open.pop()) {
    const { value, path, depth } = visit;
    if (depth > DEEPEST) return { path, message: `is deeper than ${DEEPEST} levels` };
    if (typeof value === 'string' && !isStorableText(value))
      return { path, message: 'contains characters that cannot be stored' };
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      if (!isStorableText(name)) return { path, message: 'has a name that cannot be stored' };
      open.push({ value: member, path: below(path, name), depth: depth + 1 });
    }
  }
  return JSON.stringify(document).length > MOST_CHARACTERS
    ? { path: '', message: `is longer than ${MOST_CHARACTERS} characters` }
    : undefined;
};
