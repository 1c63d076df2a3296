/** What conditions are asked about: plain JSON, nested as the paths say. */
export type Facts = Readonly<Record<string, unknown>>;

/** Names that mean something to JavaScript itself and therefore never name a fact. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

const step = (holder: unknown, name: string): unknown =>
  typeof holder === 'object' && holder !== null && !Array.isArray(holder) && Object.hasOwn(holder, name)
    ? (holder as Record<string, unknown>)[name]
    : undefined;

/** True for a path that can name a fact: names joined by dots, none empty, none of JavaScript's own. */
export const isPath = (path: string): boolean =>
  path.split('.').every((name) => name !== '' && !FORBIDDEN.has(name));

/**
 * A reader of the fact at `path`, taken apart once. Only own properties of plain objects are followed, never lists, texts or
 * prototypes; whatever cannot be reached is undefined.
 */
export const factGetter = (path: string): ((facts: Facts) => unknown) => {
  if (!isPath(path)) return () => undefined;
  const [first = '', second, ...rest] = path.split('.');
  if (second === undefined) return (facts) => step(facts, first);
  if (rest.length === 0) return (facts) => step(step(facts, first), second);
  return (facts) => rest.reduce(step, step(step(facts, first), second));
};

/** True when there is nothing there: absent, null, blank text or an empty list (a form sends fields left empty). */
export const isMissing = (fact: unknown): boolean =>
  fact === undefined ||
  fact === null ||
  (typeof fact === 'string' && fact.trim() === '') ||
  (Array.isArray(fact) && fact.length === 0);

/** Text as it is compared: without regard to case, to how accents are encoded and to spaces around it. */
export const fold = (text: string): string => text.trim().normalize('NFC').toLowerCase();

/** A fact as the text a person would write for it; undefined for lists and objects. */
export const asText = (fact: unknown): string | undefined => {
  if (typeof fact === 'string') return fold(fact);
  return typeof fact === 'number' || typeof fact === 'boolean' ? String(fact) : undefined;
};

const DECIMAL = /^[+-]?\d+(\.\d+)?$/;

/** A fact as a number; forms send numbers as text, so `'250'` is 250. Undefined for what is not written as a plain decimal. */
export const asNumber = (fact: unknown): number | undefined => {
  if (typeof fact === 'number') return fact;
  if (typeof fact !== 'string') return undefined;
  const text = fact.trim();
  return text.length <= 40 && DECIMAL.test(text) ? Number(text) : undefined;
};
