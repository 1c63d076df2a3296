import type { FormEntry } from './form-entry.js';

const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PLUS = 0x2b;
const PERCENT = 0x25;
const SPACE = 0x20;

/**
 * The entries of `application/x-www-form-urlencoded` (WHATWG URL standard), as bytes: the standard's own parser knows UTF-8 only.
 * Undefined for more than `maxEntries`.
 */
export const urlencodedEntries = (body: Uint8Array, maxEntries: number): FormEntry[] | undefined => {
  const entries: FormEntry[] = [];
  let start = 0;
  while (start < body.length) {
    const found = body.indexOf(AMPERSAND, start);
    const end = found < 0 ? body.length : found;
    if (end > start) {
      if (entries.length === maxEntries) return undefined;
      entries.push(entryOf(body.subarray(start, end)));
    }
    start = end + 1;
  }
  return entries;
};

const entryOf = (pair: Uint8Array): FormEntry => {
  const equals = pair.indexOf(EQUALS);
  return equals < 0
    ? { name: unescaped(pair), value: new Uint8Array() }
    : { name: unescaped(pair.subarray(0, equals)), value: unescaped(pair.subarray(equals + 1)) };
};

const unescaped = (bytes: Uint8Array): Uint8Array => {
  const plain = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    const escape = byte === PERCENT ? hexOf(bytes[at + 1], bytes[at + 2]) : undefined;
    if (escape !== undefined) at += 2;
    plain[length++] = escape ?? (byte === PLUS ? SPACE : byte);
  }
  return plain.subarray(0, length);
};

const hexOf = (high: number | undefined, low: number | undefined): number | undefined => {
  const digits = String.fromCharCode(high ?? 0, low ?? 0);
  return /^[0-9a-f]{2}$/i.test(digits) ? Number.parseInt(digits, 16) : undefined;
};
