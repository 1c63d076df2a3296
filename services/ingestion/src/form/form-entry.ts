import { charsetOf, decodedText } from '../request/decoded-text.js';

/** A name and its value as bytes, before their charset is known: a field `_charset_` may come last. */
export interface FormEntry {
  readonly name: Uint8Array;
  readonly value: Uint8Array;
  /** Charset of this part alone (multipart). */
  readonly charset?: string | undefined;
}

/**
 * Name and value of each entry as text: in the charset of the part, of the field `_charset_` (HTML standard), or of the content
 * type, in this order.
 */
export const textEntries = (entries: readonly FormEntry[], contentType: string): [string, string][] => {
  const declared = entries.find(({ name }) => decodedText(name) === '_charset_');
  const common = (declared && decodedText(declared.value)) ?? charsetOf(contentType);
  return entries.map(({ name, value, charset }) => [
    decodedText(name, common),
    decodedText(value, charset ?? common),
  ]);
};
