import { fold, isAscii } from './fold.js';

/** A text that has at least one word. */
export const HAS_WORD = /[\p{L}\p{N}]/u;

/** Scripts written without a space between words (Chinese, Japanese, Thai …) or before particles (Korean). */
const UNSPACED = `[${['Han', 'Hira', 'Kana', 'Hang', 'Thai', 'Laoo', 'Khmr', 'Mymr'].map((script) => `\\p{scx=${script}}`).join('')}]`;

/**
 * A word: letters, digits and their marks; anything else separates words. A letter of an unspaced script is a word of its own: such a
 * text has no borders to search for, so a phrase is found anywhere in it.
 */
const WORD = new RegExp(
  `(?=[\\p{L}\\p{N}])${UNSPACED}\\p{M}*|(?:(?!${UNSPACED})[\\p{L}\\p{N}\\p{M}])+`,
  'gu',
);
const ASCII_WORD = /[a-z0-9]+/g;

/** Rules of one model look for many words in the same text, one after the other, so the last result is kept. */
let last: { readonly text: string; readonly words: readonly string[] } = { text: '', words: [] };

/** The words of a text, folded, in their order. */
export const wordsOf = (text: string): readonly string[] => {
  if (last.text !== text) {
    const folded = fold(text);
    last = { text, words: folded.match(isAscii(folded) ? ASCII_WORD : WORD) ?? [] };
  }
  return last.words;
};

/**
 * Whether a text has one of these phrases: the same words next to each other, in their order, whatever separates them. The phrases are
 * indexed by their first word, so the time depends on the length of the text and hardly on the number of phrases.
 */
export const phraseFinder = (phrases: readonly string[]): ((text: string) => boolean) => {
  const followers = new Map<string, string[][]>();
  for (const [first, ...rest] of phrases.map(wordsOf))
    if (first !== undefined) followers.set(first, [...(followers.get(first) ?? []), rest]);
  return (text) => {
    const words = wordsOf(text);
    return words.some((word, index) =>
      followers.get(word)?.some((rest) => rest.every((next, offset) => words[index + 1 + offset] === next)),
    );
  };
};
