const MAX_PART = 256;
/** Max characters read of a value before it is decoded; each may be written as nine (`%25E2…`). */
const MAX_ENCODED = 9 * MAX_PART;

/** Words that scripts and analytics tools write for a missing value. */
const WORD = /^(undefined|null|nil|nan|none|n\/a|\((none|not set|not provided)\)|\[object object\])$/i;
/**
 * A template that nothing was filled in: the whole text, with one identifier (`{{campaign.name}}`, `%%CAMPAIGN%%`, `*|CAMPAIGN|*`).
 * `[DE] Spring 2026` and `{brand} sale` are campaigns.
 */
const TEMPLATE =
  /^(?:\$?[{[<%]{1,3}=?|__|\*\||##)\s*[\p{L}_$@][\p{L}\p{N}_$@.:-]*\s*(?:[}\]>%]{1,3}|__|\|\*|##)$/u;
/** `{{ campaign.name | escape }}` */
const FILTERED_TEMPLATE = /^\{\{[^{}|]*\|[^{}]*\}\}$/;

/**
 * A tag's value as the sender meant it: decoded, on one line, at most 256 characters; undefined for an empty one, a placeholder and
 * what is neither text nor number. Of a list, as two hidden fields of one name make, the last that has a value.
 */
export const tagTextOf = (value: unknown): string | undefined => {
  if (Array.isArray(value)) return value.map(tagTextOf).findLast((text) => text !== undefined);
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const raw = tidied(String(value).slice(0, MAX_ENCODED));
  if (isPlaceholder(raw)) return undefined;
  if (!raw.includes('%')) return cut(raw);
  const text = tidied(decoded(raw));
  return isPlaceholder(text) ? undefined : cut(text);
};

/** Never ending in half a character. */
const cut = (text: string): string => text.slice(0, MAX_PART).toWellFormed().trimEnd();

const isPlaceholder = (text: string): boolean =>
  text === '' || WORD.test(text) || TEMPLATE.test(text) || FILTERED_TEMPLATE.test(text);

/** Control characters as spaces: PostgreSQL stores no NUL, and a report shows one line. */
const tidied = (text: string): string => text.replace(CONTROL, ' ').trim();
const CONTROL = /[\u0000-\u001f\u007f]+/g;

/** Without percent encoding, once or twice encoded; a `%` that encodes nothing stays (`20% off`). */
const decoded = (text: string): string => decodedOnce(decodedOnce(text));

const decodedOnce = (text: string): string => {
  if (!/%[0-9a-f]{2}/i.test(text)) return text;
  try {
    return decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25'));
  } catch {
    return text;
  }
};
