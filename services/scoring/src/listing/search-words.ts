import { fold } from '@baton/conditions';

type Traits = Readonly<Record<string, unknown>>;

/** Traits by whose words a lead is found. */
const SEARCHED = ['name', 'firstName', 'lastName', 'company', 'jobTitle'] as const;
/** Max words of a lead, and UTF-16 units of one. */
const MAX_WORDS = 200;
const MAX_WORD = 64;

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const APOSTROPHE = /['’ʼ`]/g;
/** What surrounds an address in text that was pasted. */
const AROUND = /^[<>()[\]"',;:]+|[<>()[\]"',;:]+$/g;

/**
 * The folded words by which a lead is found: of name, company and role, each address as a whole, its domain with `@`, and the words of
 * the address.
 */
export const searchWordsOf = (traits: Traits, addresses: readonly string[]): string[] => {
  const texts = SEARCHED.flatMap((name) => textOf(traits[name]));
  const words = [...texts.flatMap(wordsOf), ...addresses.flatMap(wordsOfAddress)];
  return [...new Set(words)].slice(0, MAX_WORDS);
};

/**
 * What a search asks for, folded: each is the beginning of a word of the lead, in any order. A part with `@` stays whole: it begins an
 * address, or a domain. Empty when the text has neither letter nor digit.
 */
export const searchTermsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/\s+/)
      .flatMap((part) => (part.includes('@') ? addressTermOf(part) : wordsIn(part)))
      .map((term) => term.slice(0, MAX_ADDRESS)),
  ),
];

/** Words as the text of a PostgreSQL `tsvector`. */
export const toVector = (words: readonly string[]): string => words.map(quoted).join(' ');

/** A PostgreSQL `tsquery` of leads that have, for each term, a word beginning with it. */
export const toQuery = (terms: readonly string[]): string =>
  terms.map((term) => `${quoted(term)}:*`).join(' & ');

const MAX_ADDRESS = 320;

const textOf = (value: unknown): string[] =>
  typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];

/** `O'Brien` is found by `obrien` and by `brien`. */
const wordsOf = (text: string): string[] => {
  const words = wordsIn(text);
  const joined = text.replace(APOSTROPHE, '');
  return joined === text ? words : [...words, ...wordsIn(joined)];
};

const wordsOfAddress = (address: string): string[] => {
  const folded = fold(address).slice(0, MAX_ADDRESS);
  return [folded, folded.slice(folded.lastIndexOf('@')), ...wordsIn(folded)];
};

const wordsIn = (text: string): string[] =>
  (fold(text).match(WORD) ?? []).map((word) => [...word.slice(0, MAX_WORD)].filter(isWhole).join(''));

/** False for the half of a surrogate pair, which no database can store. */
const isWhole = (character: string): boolean => !/^[\uD800-\uDFFF]$/.test(character);

const addressTermOf = (part: string): string[] => {
  const term = fold(part)
    .replace(AROUND, '')
    .replace(/[\p{C}]/gu, '');
  return /[\p{L}\p{N}]/u.test(term) ? [term] : [];
};

const quoted = (word: string): string => `'${word.replace(/['\\]/g, '$&$&')}'`;
