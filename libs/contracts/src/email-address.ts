// The package has no types for that path; the reference gives ours to every importer of this source.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="./punycode.d.ts" />
import punycode from 'punycode/punycode.js';

const MAX_GIVEN = 1_000;
const MAX_ADDRESS = 320;
/** Zero-width characters, soft hyphens, direction marks and controls: nobody sees or types them. */
const INVISIBLE = /[\p{Cf}\p{Cc}]/gu;
const LOCAL_PART = /^[^\s@<>(),;:"\\[\]]+$/;
/** Nearly all addresses: already in the form that the rules below produce. */
const USUAL =
  /^[a-z0-9_+][a-z0-9._+-]*@(?!xn--)[a-z0-9][a-z0-9-]*(?:\.(?!xn--)[a-z0-9][a-z0-9-]*)*\.[a-z]{2,}$/;
/** What surrounds a pasted address: brackets, quotation marks, the full stop of its sentence. */
const SURROUNDINGS = /^[\s<("'“”„‘’[]+|[\s>)"'“”‘’\].,;:]+$/g;
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;

/**
 * The e-mail address that a text is, as people compare addresses: in lower case and compatible Unicode form, without invisible
 * characters, the domain in Unicode (`xn--mller-kva.example` is `müller.example`). Takes addresses as they are pasted:
 * `Ada King <ada@engines.example>`, `mailto:ada@engines.example?subject=…`, `ada@engines.example.`
 *
 * @returns undefined for anything else, two addresses among it; at most 320 characters
 */
export const emailAddressOf = (given: string): string | undefined => {
  if (given.length > MAX_GIVEN) return undefined;
  const usual = given.trim().toLowerCase();
  if (USUAL.test(usual) && usual.length <= MAX_ADDRESS) return usual;
  const text = given.normalize('NFKC').replace(INVISIBLE, '').trim();
  const address = (/<([^<>]*@[^<>]*)>[\s.,;]*$/.exec(text)?.[1] ?? withoutScheme(text))
    .replace(SURROUNDINGS, '')
    .replace(/\s*@\s*/, '@');
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at).toLowerCase();
  const domain = domainOf(address.slice(at + 1));
  if (domain === undefined || !LOCAL_PART.test(local)) return undefined;
  const canonical = `${local}@${domain}`;
  return canonical.length <= MAX_ADDRESS ? canonical : undefined;
};

const withoutScheme = (text: string): string =>
  /^mailto:/i.test(text) ? text.slice('mailto:'.length).replace(/\?.*$/s, '').replace(/%40/i, '@') : text;

/** The domain in lower-case Unicode; undefined for none, and for a number. */
const domainOf = (text: string): string | undefined => {
  const given = text.replaceAll('。', '.').replace(/\.$/, '');
  if (!given.split('.').every((label) => LABEL.test(label))) return undefined;
  const url = `http://${given}/`;
  if (!URL.canParse(url)) return undefined;
  const ascii = new URL(url).hostname;
  return /\.[^.]*\p{L}[^.]*$/u.test(ascii) ? unicodeOf(ascii) : undefined;
};

const unicodeOf = (ascii: string): string | undefined => {
  try {
    return punycode.toUnicode(ascii).normalize('NFC');
  } catch {
    return undefined;
  }
};
