import { unstorableIn, type Violation } from '@baton/contracts';

/** Characters of JSON; large documents in practice have some ten thousand. */
const MAX_DOCUMENT_CHARACTERS = 200_000;
const MAX_DEPTH = 32;

/** A reason why a document cannot be stored: too deep, too long, or text that PostgreSQL refuses. */
export const storageViolation = (document: unknown): Violation | undefined => {
  const violation = unstorableIn(document, MAX_DEPTH);
  if (violation) return violation;
  return JSON.stringify(document).length > MAX_DOCUMENT_CHARACTERS
    ? { pointer: '', detail: `is longer than ${MAX_DOCUMENT_CHARACTERS} characters` }
    : undefined;
};
