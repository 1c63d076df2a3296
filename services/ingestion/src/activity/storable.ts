/**
 * The same JSON value without what a database of UTF-8 text cannot keep: NUL is left out, half a surrogate pair (an
 * emoji cut in two) becomes U+FFFD. Otherwise such an event would be accepted here and fail at every reader.
 */
export const storable = (value: unknown): unknown => {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storableText(key), storable(item)]));
};

const storableText = (text: string): string => text.replaceAll('\0', '').toWellFormed();
