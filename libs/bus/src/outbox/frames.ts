import type { WireMessage } from '../event/wire-message.js';

/**
 * Messages as bytes for one column, each text with its length before it (32 bits, big endian): topic, key (length -1: none),
 * value, number of headers, name and value of each. Values are JSON already; a JSON array of them would escape every quote.
 */
export const encodeMessages = (messages: readonly WireMessage[]): Buffer => {
  const texts: (string | null)[] = [];
  for (const { topic, key, value, headers } of messages) {
    const names = Object.keys(headers);
    texts.push(topic, key, value, String(names.length));
    for (const name of names) texts.push(name, headers[name]!);
  }
  const sizes = texts.map((text) => (text === null ? 0 : Buffer.byteLength(text)));
  const frames = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + size, texts.length * 4));
  let at = 0;
  for (const [index, text] of texts.entries()) {
    at = frames.writeInt32BE(text === null ? -1 : sizes[index]!, at);
    if (text !== null) at += frames.write(text, at);
  }
  return frames;
};

/** The inverse of {@link encodeMessages}. */
export const decodeMessages = (frames: Buffer): WireMessage[] => {
  let at = 0;
  const nullable = (): string | null => {
    const size = frames.readInt32BE(at);
    at += 4;
    if (size < 0) return null;
    const text = frames.toString('utf8', at, at + size);
    at += size;
    return text;
  };
  const text = (): string => nullable()!;
  const messages: WireMessage[] = [];
  while (at < frames.length) {
    const topic = text();
    const key = nullable();
    const value = text();
    const headers: Record<string, string> = {};
    for (let left = Number(text()); left > 0; left -= 1) {
      const name = text();
      headers[name] = text();
    }
    messages.push({ topic, key, value, headers });
  }
  return messages;
};
