import { crmIdOfExternal, crmIdOfField, emailAddressOf, isCrmId } from '@baton/contracts';
import { hash } from 'node:crypto';

/** Fields, by their letters without case, whose value is an id of this kind; the same text of two kinds has two hashes. */
const KIND_OF_FIELD: ReadonlyMap<string, string> = new Map([
  ['user', 'user'],
  ['userid', 'user'],
  ['previousid', 'user'],
  ['anonymousid', 'anonymous'],
  ['ajsanonymousid', 'anonymous'],
]);

const PHONE = /^\+\d[\d\s()./-]{5,30}$/;

/** What an address has on no side of its @; and how long its sides may be. */
const NO_ADDRESS = /[\s"'<>(),;:=&?\\/@]/;
const MAX_MAILBOX = 64;
const MAX_DOMAIN = 255;
/** JSON in a text of JSON, such as a message in a kept request. */
const MAX_NESTED = 2;

/**
 * By what an erased identifier is recognised: SHA-256, hexadecimal.
 *
 * @param value normalised, as identifiers are compared
 */
export const identifierHashOf = (kind: string, value: string): string =>
  hash('sha256', `erased\n${kind}:${value}`);

/**
 * Tells whether texts name an erased person: an address anywhere in a value or a name of a JSON document, a phone number with its country
 * code or an id of a CRM that is all of one, or an id in a field for ids of its kind. An id elsewhere says nothing: people choose their
 * ids, and a word such as `page` is in every message. Other text is one value without a field.
 */
export const mentionsAnyOf = (hashes: readonly string[]): ((text: string) => boolean) => {
  const erased = new Set(hashes);
  return (text) => {
    for (const hash of hashesIn(text)) if (erased.has(hash)) return true;
    return false;
  };
};

/** The hashes of everything in a text that may be an identifier: see `mentionsAnyOf`. Takes time in proportion to the text. */
export function* hashesIn(text: string): Generator<string, void> {
  for (const { field, value } of valuesIn(text)) {
    for (const address of addressesIn(value)) yield identifierHashOf('email', address);
    const whole = value.trim();
    if (PHONE.test(whole)) yield identifierHashOf('phone', `+${whole.replace(/\D/g, '')}`);
    if (isCrmId(whole)) yield identifierHashOf('crm', whole);
    const name = field.toLowerCase().replace(/[^a-z]/g, '');
    const kind = KIND_OF_FIELD.get(name);
    if (kind !== undefined) yield identifierHashOf(kind, whole);
    const crmId = crmIdOfField(field, whole);
    if (crmId !== undefined) yield identifierHashOf('crm', crmId);
  }
}

function* addressesIn(text: string): Generator<string, void> {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let from = at;
    while (from > 0 && at - from <= MAX_MAILBOX && !NO_ADDRESS.test(text[from - 1]!)) from -= 1;
    let to = at + 1;
    while (to < text.length && to - at <= MAX_DOMAIN && !NO_ADDRESS.test(text[to]!)) to += 1;
    const address = emailAddressOf(text.slice(from, to).replace(/^[.]+|[.]+$/g, ''));
    if (address !== undefined) yield address;
  }
}

interface Value {
  /** The name of the field it is in; empty outside of JSON and for names. */
  readonly field: string;
  readonly value: string;
}

/** The texts and numbers in a JSON document, names of fields included; other text as it is. */
function* valuesIn(text: string, nested = 0): Generator<Value, void> {
  const rest: { readonly field: string; readonly value: unknown }[] = [];
  try {
    rest.push({ field: '', value: JSON.parse(text) });
  } catch {
    yield { field: '', value: text };
    return;
  }
  while (rest.length > 0) {
    const { field, value } = rest.pop()!;
    if (typeof value === 'string') {
      if (nested < MAX_NESTED && /^\s*[[{]/.test(value)) yield* valuesIn(value, nested + 1);
      else yield { field, value };
    } else if (typeof value === 'number') yield { field, value: String(value) };
    else if (Array.isArray(value)) for (const each of value) rest.push({ field, value: each });
    else if (value !== null && typeof value === 'object') {
      const crmId = crmIdOfExternal(value);
      if (crmId !== undefined) yield { field: '', value: crmId };
      for (const [name, each] of Object.entries(value)) {
        yield { field: '', value: name };
        rest.push({ field: name, value: each });
      }
    }
  }
}
