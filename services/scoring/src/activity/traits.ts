import { emailOf } from '../identity/identifier.js';

/** Limits of one trait, in UTF-16 units. */
const MAX_TRAIT_LENGTH = 1_000;
const MAX_NAME_LENGTH = 64;

/** Identifiers, and what is derived from the address (see `emailTraitsOf`), are never taken from the traits of the sender. */
const EXCLUDED = new Set([
  ...['email', 'userId', 'anonymousId', 'emailDomain', 'emailKind', 'emailRole', '__proto__'],
]);

/** At most `max` UTF-16 units, without splitting a surrogate pair, which PostgreSQL would refuse. */
export const truncate = (text: string, max: number): string =>
  text.length <= max ? text : text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');

/** Blank values are dropped, so that they do not overwrite known ones. */
const clean = (value: unknown): unknown => {
  if (typeof value === 'string') return truncate(value.trim(), MAX_TRAIT_LENGTH) || undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  return JSON.stringify(value).length <= MAX_TRAIT_LENGTH ? value : undefined;
};

/** The traits that an activity sets: the sent ones without blanks and identifiers, and its normalised e-mail address as `email`. */
export const traitsOf = (
  sent: Readonly<Record<string, unknown>>,
  sentEmail: string | undefined,
): Record<string, unknown> => {
  const traits: Record<string, unknown> = {};
  for (const name in sent) {
    if (EXCLUDED.has(name) || name.length > MAX_NAME_LENGTH || !Object.hasOwn(sent, name)) continue;
    const cleaned = clean(sent[name]);
    if (cleaned !== undefined) traits[name] = cleaned;
  }
  const email = emailOf(sentEmail);
  if (email) traits['email'] = email;
  return traits;
};
