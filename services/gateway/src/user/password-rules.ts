/** What a new password is compared with. */
export interface PasswordContext {
  /** Passwords in lower case that attackers try first. */
  readonly common: ReadonlySet<string>;
  /** Of the user: name and e-mail address. */
  readonly name: string;
  readonly email: string;
  readonly organisation: string;
}

/** Shorter parts of names are in words that have nothing to do with them. */
const MIN_PART = 4;

/** A word of so many letters with digits and signs around it: dictionaries have all. Shorter ones are in random passwords, too. */
const SHORT_WORD = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]{4,7}$/u;

const COMMON =
  'is a common password, or one short word with digits and signs, which attackers try first. Four words that do not belong together will do';
const PATTERN =
  'repeats one text, runs along the alphabet or has no letters, which attackers try first. Four words that do not belong together will do';
const OWN = `must not contain the user's name or parts of the e-mail address, which are easy to find out`;
const ORGANISATION = 'must not contain the name of the organisation, which is easy to find out';

/**
 * What is wrong with a new password of sufficient length, to be read after "The password"; undefined when nothing is.
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver (blocklist: common, repetitive, of the context)
 */
export const passwordFault = (password: string, context: PasswordContext): string | undefined => {
  const { common, name, email, organisation } = context;
  const lower = password.normalize('NFKC').toLowerCase();
  const word = withoutEnds(lower);
  if (
    common.has(lower) ||
    common.has(word) ||
    common.has(inLetters(word)) ||
    SHORT_WORD.test(inLetters(word))
  )
    return COMMON;
  if (isRepetition(lower) || isRun(lower) || !/[\p{L}\p{So}]/u.test(lower)) return PATTERN;
  const text = plain(password);
  const contains = (part: string): boolean => text.includes(part);
  if ([...partsOf(name), ...partsOfEmail(email)].some(contains)) return OWN;
  return partsOf(organisation).some(contains) ? ORGANISATION : undefined;
};

/** Without the digits and signs before the first and after the last letter. */
const withoutEnds = (text: string): string => text.replace(/^\P{L}+/u, '').replace(/\P{L}+$/u, '');

/** Digits and signs that people write for letters. */
const LETTERS: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const inLetters = (word: string): string => word.replaceAll(/[013457@$!]/g, (sign) => LETTERS[sign]!);

/** One text twice or more, the last time perhaps cut: it stays the same when it is moved by its length. */
const isRepetition = (text: string): boolean =>
  Array.from({ length: Math.floor(text.length / 2) }, (_, index) => index + 1).some((length) =>
    text.startsWith(text.slice(length)),
  );

/** Every character is beside or equal to the one before it, such as abcdefgh or 87654321. */
const isRun = (text: string): boolean =>
  Array.from(text)
    .map((character) => character.codePointAt(0)!)
    .every((code, at, codes) => at === 0 || Math.abs(code - codes[at - 1]!) <= 1);

/** Letters and digits only, without case and accents. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Words of a name, and all of it. */
const partsOf = (name: string): string[] =>
  [name, ...name.normalize('NFKC').split(/[^\p{L}\p{N}\p{M}]+/u)]
    .map(plain)
    .filter(({ length }) => length >= MIN_PART);

/** Parts before and after the @, without the top level domain. */
const partsOfEmail = (email: string): string[] => {
  const [local = '', domain = ''] = email.split('@');
  return [local, ...domain.split('.').slice(0, -1)].flatMap(partsOf);
};
