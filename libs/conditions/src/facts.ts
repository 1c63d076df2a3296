import { fold } from './fold.js';

/** The input of a condition: plain JSON. */
export type Facts = Readonly<Record<string, unknown>>;

/** Property names with a meaning in JavaScript; a path through one could reach a prototype. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

const step = (holder: unknown, name: string): unknown =>
  typeof holder === 'object' && holder !== null && !Array.isArray(holder) && Object.hasOwn(holder, name)
    ? (holder as Record<string, unknown>)[name]
    : undefined;

/** True for names joined by dots, none of them empty or forbidden. */
export const isPath = (path: string): boolean =>
  path.split('.').every((name) => name !== '' && !FORBIDDEN.has(name));

/**
 * Returns a getter of the fact at `path`; the path is parsed once. Follows own properties of objects only, never lists, texts or
 * prototypes, and gives undefined for anything else.
 */
export const factGetter = (path: string): ((facts: Facts) => unknown) => {
  if (!isPath(path)) return () => undefined;
  const [first = '', second, ...rest] = path.split('.');
  if (second === undefined) return (facts) => step(facts, first);
  if (rest.length === 0) return (facts) => step(step(facts, first), second);
  return (facts) => rest.reduce(step, step(step(facts, first), second));
};

const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** True for an absent fact, null, blank text, and a list of nothing else: forms send empty fields. */
export const isMissing = (fact: unknown): boolean =>
  Array.isArray(fact) ? fact.every(isBlank) : isBlank(fact);

/** A text, number or boolean as text without space around it; undefined for blank text, lists and objects. */
export const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value.trim() || undefined;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};

/** The text of {@link textOf}, folded for comparisons. */
export const asText = (value: unknown): string | undefined => {
  const text = textOf(value);
  return text === undefined ? undefined : fold(text);
};

const DECIMAL = /^[+-]?\d+(\.\d+)?$/;

/** A fact as a number. Forms send numbers as text, so `'250'` is 250. Undefined for text that is not a plain decimal. */
export const asNumber = (fact: unknown): number | undefined => {
  if (typeof fact === 'number') return fact;
  if (typeof fact !== 'string') return undefined;
  const text = fact.trim();
  return text.length <= 40 && DECIMAL.test(text) ? Number(text) : undefined;
};
