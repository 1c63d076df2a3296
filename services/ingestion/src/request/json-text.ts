/** Byte order marks of encodings other than UTF-8 without one, which is the rule. */
const MARKS: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** The text of a body in UTF-8, or in the encoding of its byte order mark, without the mark. */
export const textOf = (body: Buffer): string => {
  const marked = MARKS.find(([, mark]) => mark.every((byte, index) => body[index] === byte));
  return marked ? new TextDecoder(marked[0]).decode(body) : body.toString('utf8');
};

/** Cheap first look: a number after a bracket, colon, comma or sign. */
const LARGE = /[[:,\s-]\d{16}/;
/** A string, which is kept as it is, or a number. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * Valid JSON with the integers that JavaScript would round (from 16 digits on) as strings: ids of 64 bits stay exact, and two
 * people do not become one.
 */
export const quoteLargeIntegers = (json: string): string =>
  LARGE.test(json) ? json.replace(TOKEN, (token) => (isLargeInteger(token) ? `"${token}"` : token)) : json;

const isLargeInteger = (token: string): boolean =>
  /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token));
