/** PostgreSQL stores neither NUL nor unpaired surrogates. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** True for text that PostgreSQL can store unchanged. */
export const isStorableText = (text: string): boolean => !UNSTORABLE.test(text);

const sanitizeText = (text: string): string =>
  text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\ufffd');

/**
 * A JSON value without text that PostgreSQL cannot store: NUL is removed, an unpaired surrogate (half of an emoji) becomes U+FFFD.
 * Recursive; check the depth first.
 */
export const sanitizeJson = (value: unknown): unknown => {
  if (typeof value === 'string') return sanitizeText(value);
  if (Array.isArray(value)) return value.map(sanitizeJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [sanitizeText(key), sanitizeJson(item)]),
  );
};
