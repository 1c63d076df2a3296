/** As the gateway requires; it counts characters, not bytes. */
export const MIN_PASSWORD = 12;
export const MAX_PASSWORD = 256;

/** Number of characters; one outside the first Unicode plane counts once. */
const lengthOf = (password: string): number => Array.from(password).length;

export const isAcceptable = (password: string): boolean =>
  lengthOf(password) >= MIN_PASSWORD && lengthOf(password) <= MAX_PASSWORD;

/** What the password needs yet, or that it is long enough. */
export const adviceFor = (password: string): string => {
  const length = lengthOf(password);
  if (length === 0)
    return `At least ${MIN_PASSWORD} characters. Four words that do not belong together will do.`;
  if (length > MAX_PASSWORD) return `At most ${MAX_PASSWORD} characters.`;
  return length >= MIN_PASSWORD
    ? 'Long enough.'
    : `At least ${MIN_PASSWORD} characters: ${MIN_PASSWORD - length} more.`;
};
