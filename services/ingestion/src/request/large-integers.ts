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
