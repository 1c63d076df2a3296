/** A message ready for the broker. */
export interface WireMessage {
  /** The topic's name in the catalogue. */
  readonly topic: string;
  readonly key: string | null;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Bytes of a record beyond its key, value and headers: lengths, deltas, attributes. */
const RECORD_OVERHEAD = 32;
/** Bytes of the lengths of one header. */
const HEADER_OVERHEAD = 4;

/** Bytes of the message in an uncompressed record batch, at most. Headers are ASCII. */
export const bytesOf = ({ key, value, headers }: WireMessage): number => {
  let bytes = RECORD_OVERHEAD + Buffer.byteLength(value) + (key === null ? 0 : Buffer.byteLength(key));
  for (const name in headers) bytes += HEADER_OVERHEAD + name.length + headers[name]!.length;
  return bytes;
};
