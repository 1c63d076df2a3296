/**
 * A name without marks that turn the direction of text, with which it could read as another name and change the text after it.
 * Names in scripts from right to left need none.
 */
export const plainName = (name: string): string =>
  name.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
