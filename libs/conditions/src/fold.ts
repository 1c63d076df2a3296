const NOT_ASCII = /[^\0-\x7f]/;

export const isAscii = (text: string): boolean => !NOT_ASCII.test(text);

const ACCENTS = /[\u0300-\u036f]+/g;
/** Full-width letters and half-width kana, as Japanese forms send them. */
const WIDTH_VARIANTS = /[\uff00-\uffef]+/g;

/** Letters that Unicode does not decompose, and those whose lower case depends on their place. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ı: 'i',
  ς: 'σ',
};
const UNDECOMPOSED = /[ßæœøđłıς]/g;

/**
 * Text for comparisons: lower case, without accents, in one form of Unicode: `MÜLLER` and `Muller` are the same. Space stays, also at
 * both ends. Marks that are no accents, such as vowel signs of Indic scripts, stay too.
 */
export const fold = (text: string): string => (isAscii(text) ? text.toLowerCase() : foldUnicode(text));

const foldUnicode = (text: string): string =>
  text
    .replace(WIDTH_VARIANTS, (part) => part.normalize('NFKC'))
    .toLowerCase()
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(UNDECOMPOSED, (letter) => LETTERS[letter]!);
