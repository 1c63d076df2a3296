const utf8 = new TextDecoder('utf-8', { fatal: true });
/** The charset of pages that declare none, by the HTML standard; it has a character for every byte. */
const LEGACY = 'windows-1252';
const legacy = new TextDecoder(LEGACY);
/** The characters of windows-1252 from 0x80 to 0x9F, which Node 20 decodes as ISO-8859-1 (nodejs/node#56542). */
const C1 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

type Decoder = InstanceType<typeof TextDecoder>;

/** Byte order marks of UTF-16; the one of UTF-8 is left out by its decoder. */
const UTF16_MARKS: readonly (readonly [first: number, second: number, encoding: string])[] = [
  [0xff, 0xfe, 'utf-16le'],
  [0xfe, 0xff, 'utf-16be'],
];

/**
 * The text of bytes in `charset` (a label of the WHATWG Encoding standard). Without a known one it is UTF-8, and windows-1252 when
 * the bytes are not valid UTF-8, as browsers decide. A byte order mark decides before everything, and is left out.
 */
export const decodedText = (bytes: Uint8Array, charset?: string): string => {
  const marked = UTF16_MARKS.find(([first, second]) => bytes[0] === first && bytes[1] === second);
  if (marked) return new TextDecoder(marked[2]).decode(bytes);
  const declared = charset === undefined ? undefined : decoderOf(charset);
  if (declared) return decode(declared, bytes);
  try {
    return utf8.decode(bytes);
  } catch {
    return decode(legacy, bytes);
  }
};

const decode = (decoder: Decoder, bytes: Uint8Array): string => {
  const text = decoder.decode(bytes);
  return decoder.encoding === LEGACY
    ? text.replace(/[\x80-\x9f]/g, (character) => C1[character.charCodeAt(0) - 0x80]!)
    : text;
};

/** Undefined for an unknown label. UTF-8 is not worth a declaration: pages often declare it and send something else. */
const decoderOf = (charset: string): Decoder | undefined => {
  try {
    const decoder = new TextDecoder(charset);
    return decoder.encoding === 'utf-8' ? undefined : decoder;
  } catch {
    return undefined;
  }
};

/** The `charset` parameter of a content type. */
export const charsetOf = (contentType: string | undefined): string | undefined =>
  contentType === undefined ? undefined : /;\s*charset\s*=\s*"?([^\s";]{1,40})/i.exec(contentType)?.[1];
