import { fold } from '@baton/conditions';

type Traits = Readonly<Record<string, unknown>>;

/** Why two leads may be one person. */
export const LIKENESSES = ['phone', 'name', 'address'] as const;
export type Likeness = (typeof LIKENESSES)[number];

/** What is compared, in the form in which it is. */
interface Person {
  /** The last digits of the number, which are the same with and without codes of country and area. */
  readonly phone?: string;
  /** All parts of the name in one order, and the company. */
  readonly name?: string;
  readonly mailbox?: string;
  readonly domain?: string;
}

const MIN_DIGITS = 8;
const MIN_MAILBOX = 3;
/**
 * Letters at the start and at the end of a domain by which domains that differ by one letter find each other: one of both has no error
 * in a domain of `MIN_DOMAIN` letters.
 */
const START = 2;
const END = 5;
const MIN_DOMAIN = START + 1 + END;

const LEGAL_FORMS = new Set(
  `ab ag as asa aps bv co company corp corporation gbr gmbh inc incorporated kg kk limited llc llp ltd mbh nv oy oyj plc pte pty sa
   sarl sas se sl spa srl sro ug zoo`.split(/\s+/),
);

/**
 * Keys of which two leads that are alike share one, to find them by: at most five a lead. Not all that share a key are alike
 * ({@link likenessesOf}).
 */
export const matchKeysOf = (traits: Traits): string[] => {
  const { phone, name, mailbox, domain } = personOf(traits);
  const keys: string[] = [];
  if (phone) keys.push(`phone ${phone}`);
  if (name) keys.push(`name ${name}`);
  if (mailbox && domain) {
    keys.push(`letters ${lettersOf(mailbox)}@${domain}`);
    if (domain.length >= MIN_DOMAIN)
      keys.push(`start ${mailbox}@${domain.slice(0, START)}`, `end ${mailbox}@${domain.slice(-END)}`);
  }
  return keys;
};

/**
 * Why two leads may be one person: the same phone number; the same name at the same company (without one, at the same business domain);
 * or addresses that differ by dots, a tag, or the order of letters, or by one letter in the domain.
 */
export const likenessesOf = (one: Traits, other: Traits): Likeness[] => {
  const [a, b] = [personOf(one), personOf(other)];
  const found: Likeness[] = [];
  if (a.phone && a.phone === b.phone) found.push('phone');
  if (a.name && a.name === b.name) found.push('name');
  if (a.mailbox && b.mailbox && one['email'] !== other['email'] && isAddressAlike(a, b))
    found.push('address');
  return found;
};

const isAddressAlike = (one: Person, other: Person): boolean => {
  const [a, b] = [one.domain ?? '', other.domain ?? ''];
  if (a === b) return lettersOf(one.mailbox!) === lettersOf(other.mailbox!);
  const isLong = Math.min(a.length, b.length) >= MIN_DOMAIN;
  return one.mailbox === other.mailbox && isLong && differByOneLetter(a, b);
};

const personOf = (traits: Traits): Person => {
  const phone = phoneOf(textOf(traits, 'phone'));
  const name = nameOf(traits);
  return { ...(phone && { phone }), ...(name && { name }), ...addressOf(textOf(traits, 'email')) };
};

const textOf = (traits: Traits, trait: string): string => {
  const value = traits[trait];
  return typeof value === 'string' ? value : '';
};

const phoneOf = (phone: string): string | undefined => {
  const digits = phone.replace(/ ext\..*$/, '').replace(/\D/g, '');
  return digits.length >= MIN_DIGITS ? digits.slice(-MIN_DIGITS) : undefined;
};

/** A name of at least two words; two people of one first name are not alike. */
const nameOf = (traits: Traits): string | undefined => {
  const full = textOf(traits, 'name') || `${textOf(traits, 'firstName')} ${textOf(traits, 'lastName')}`;
  const words = wordsOf(full);
  const company = companyOf(traits);
  return words.length >= 2 && company !== '' ? `${words.sort().join(' ')} ${company}` : undefined;
};

const companyOf = (traits: Traits): string => {
  const words = wordsOf(textOf(traits, 'company'));
  const names = words.filter((word) => !LEGAL_FORMS.has(word));
  if (words.length > 0) return (names.length > 0 ? names : words).join('');
  return traits['emailKind'] === 'business' ? textOf(traits, 'emailDomain') : '';
};

const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** The mailbox without tag and dots, which do not tell people apart, and the domain. */
const addressOf = (email: string): Pick<Person, 'mailbox' | 'domain'> => {
  const at = email.lastIndexOf('@');
  const mailbox = email.slice(0, Math.max(at, 0)).replace(/\+.*$/, '').replace(/[._-]/g, '');
  return mailbox.length >= MIN_MAILBOX ? { mailbox, domain: email.slice(at + 1) } : {};
};

const lettersOf = (text: string): string => [...text].sort().join('');

/** Whether one letter is left out, added or another, or two neighbours are swapped. */
const differByOneLetter = (one: string, other: string): boolean => {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const [a, b] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  return Math.max(a.length, b.length) === 1 || (a.length === 2 && a === [...b].reverse().join(''));
};
