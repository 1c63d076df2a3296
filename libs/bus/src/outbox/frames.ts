import type { WireMessage } from '../event/wire-message.js';

/** Bytes of a UTF-16 unit in UTF-8, at most. */
const MAX_UNIT_BYTES = 3;
const LENGTH_BYTES = 4;
/** Shorter texts are written here if they are ASCII: a call of Buffer takes longer than they do. */
const SHORT = 64;

/**
 * Messages as bytes for one column, each text with its length before it (32 bits, big endian): topic, key (length -1: none),
 * value, number of headers, name and value of each. Values are JSON already; a JSON array of them would escape every quote.
 */
export const encodeMessages = (messages: readonly WireMessage[]): Buffer => {
  const frames = Buffer.allocUnsafe(messages.reduce((bytes, message) => bytes + maxBytesOf(message), 0));
  let at = 0;
  const write = (text: string): void => {
    const size = writeText(frames, text, at + LENGTH_BYTES);
    frames.writeInt32BE(size, at);
    at += LENGTH_BYTES + size;
  };
  for (const { topic, key, value, headers } of messages) {
    write(topic);
    if (key === null) at = frames.writeInt32BE(-1, at);
    else write(key);
    write(value);
    const names = Object.keys(headers);
    write(String(names.length));
    for (const name of names) {
      write(name);
      write(headers[name]!);
    }
  }
  return frames.subarray(0, at);
};

/** Room for the frames of a message. Its value, which is most of it, is counted exactly. */
const maxBytesOf = ({ topic, key, value, headers }: WireMessage): number => {
  let units = topic.length + (key?.length ?? 0);
  let texts = 4;
  for (const name in headers) {
    units += name.length + headers[name]!.length;
    texts += 2;
  }
  return Buffer.byteLength(value) + units * MAX_UNIT_BYTES + texts * LENGTH_BYTES + MAX_COUNT_DIGITS;
};

/** Digits of the number of headers. */
const MAX_COUNT_DIGITS = 10;

/** Writes a text as UTF-8. @returns its bytes */
const writeText = (to: Buffer, text: string, at: number): number => {
  if (text.length > SHORT) return to.write(text, at);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) return to.write(text, at);
    to[at + index] = unit;
  }
  return text.length;
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
