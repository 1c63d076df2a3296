/**
 * Trimmed, A to Z in lower case. Other letters stay: the lower case of K (Kelvin) is k, so the addresses of two owners would be one.
 */
export const normalEmail = (email: string): string =>
  email.trim().replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Cyrillic and Greek have letters that look like Latin ones. */
const MIXED =
  /\p{Script=Latin}[^@.]*[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}][^@.]*\p{Script=Latin}/u;

/**
 * Whether an address can be told from any other by sight, as far as its letters go: it has no invisible characters, spaces or quotes, and no part
 * of it mixes alphabets, or has another form of a letter, such as a wide one or a ligature.
 */
export const isLegibleEmail = (email: string): boolean =>
  !/[\s\p{C}"]/u.test(email) && !MIXED.test(email) && email.normalize('NFKC') === email;
