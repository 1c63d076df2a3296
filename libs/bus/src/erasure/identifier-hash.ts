import { emailAddressOf } from '@baton/contracts';
import { createHash } from 'node:crypto';

/** As kinds are named in identifiers; the same text of two kinds has two hashes. */
const KINDS = ['email', 'user', 'crm', 'phone', 'anonymous'] as const;

const EMAIL = /[^\s"'<>(),;:=&?\\/]+@[^\s"'<>(),;:=&?\\/]+/g;

/**
 * By what an erased identifier is recognised: SHA-256, hexadecimal.
 *
 * @param value normalised, as identifiers are compared
 */
export const identifierHashOf = (kind: string, value: string): string =>
  createHash('sha256').update(`erased\n${kind}:${value}`).digest('hex');

/**
 * Tells whether texts name an erased person: a JSON document with one of the identifiers as a value or a name, or any text with one of
 * the addresses in it.
 */
export const mentionsAnyOf = (hashes: readonly string[]): ((text: string) => boolean) => {
  const erased = new Set(hashes);
  return (text) => {
    for (const hash of hashesIn(text)) if (erased.has(hash)) return true;
    return false;
  };
};

/** The hashes of everything in a text that may be an identifier: see `mentionsAnyOf`. */
export function* hashesIn(text: string): Generator<string, void> {
  for (const each of stringsIn(text)) {
    const value = each.trim();
    for (const kind of KINDS) yield identifierHashOf(kind, value);
    for (const found of each.match(EMAIL) ?? []) {
      const email = emailAddressOf(found.replace(/^[.]+|[.]+$/g, ''));
      if (email !== undefined) yield identifierHashOf('email', email);
    }
  }
}

/** The texts in a JSON document, names of fields included; other text as it is. */
const stringsIn = (text: string): string[] => {
  const found: string[] = [];
  const rest: unknown[] = [];
  try {
    rest.push(JSON.parse(text));
  } catch {
    return [text];
  }
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === 'string') found.push(value);
    else if (typeof value === 'number') found.push(String(value));
    else if (Array.isArray(value)) for (const each of value) rest.push(each);
    else if (value !== null && typeof value === 'object')
      for (const [name, each] of Object.entries(value)) {
        found.push(name);
        rest.push(each);
      }
  }
  return found;
};
