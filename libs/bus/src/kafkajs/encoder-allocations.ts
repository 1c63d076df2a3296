// The package has no types for its inside, and a reference is how every importer of this source gets ours.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="./kafkajs-internals.d.ts" />
import Encoder from 'kafkajs/src/protocol/encoder.js';

const { sizeOfVarLong } = Encoder;
const { writeVarLong } = Encoder.prototype;

const LOW_BITS = 0x7f;
const MORE_FOLLOWS = 0x80;
const MAX_VARINT_BYTES = 5;
/** Bytes: room for a header of ours. */
const MIN_BUFFER_BYTES = 64;
/** Below this a number and its zigzag both fit 31 bits. */
const SMALL = 2 ** 30;

const isSmall = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < SMALL;

/**
 * Lets kafkajs 2.2.4 write the same bytes with fewer allocations. It makes a buffer for every number of every record (twenty
 * and more per record with our headers), encodes timestamps through BigInt and copies its buffer at each doubling;
 * encoding took half of the CPU time of a busy ingest process.
 */
export const patchEncoderAllocations = (): void => {
  // An encoder begins empty: what it needs comes out of Node's pool with the first write.
  Encoder.nextPowerOfTwo = () => 0;
  Encoder.sizeOfVarLong = (value) =>
    isSmall(value) ? Encoder.sizeOfVarInt(value) : sizeOfVarLong.call(Encoder, value);
  Object.assign(Encoder.prototype, replacements);
};

const replacements: Pick<Encoder, 'writeVarLong' | 'writeUVarInt' | 'writeEncoderArray' | 'ensureAvailable'> &
  ThisType<Encoder> = {
  writeVarLong(value) {
    return isSmall(value) ? this.writeVarInt(value) : writeVarLong.call(this, value);
  },

  writeUVarInt(value) {
    this.ensureAvailable(MAX_VARINT_BYTES);
    let rest = value;
    while ((rest & ~LOW_BITS) !== 0) {
      this.buf[this.offset++] = (rest & LOW_BITS) | MORE_FOLLOWS;
      rest >>>= 7;
    }
    this.buf[this.offset++] = rest;
    return this;
  },

  writeEncoderArray(encoders) {
    this.ensureAvailable(encoders.reduce((bytes, { offset }) => bytes + offset, 0));
    for (const { buf, offset } of encoders) {
      buf.copy(this.buf, this.offset, 0, offset);
      this.offset += offset;
    }
    return this;
  },

  ensureAvailable(bytes) {
    const needed = this.offset + bytes;
    if (needed <= this.buf.length) return;
    // Only what was written is ever read: nothing of what the memory held before goes anywhere.
    const grown = Buffer.allocUnsafe(Math.max(MIN_BUFFER_BYTES, 2 ** (32 - Math.clz32(needed))));
    this.buf.copy(grown, 0, 0, this.offset);
    this.buf = grown;
  },
};
