import kafkajs from 'kafkajs';
import { compressSync, uncompressSync } from 'snappy';

// The framing of the Java client (xerial): magic, version, compatible version, then blocks of [length, data].
const HEADER = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
const MAGIC_BYTES = 8;

// In this thread: a block of some kilobytes takes less time than waking another thread for it.
const codec = {
  compress(encoder: { buffer: Buffer }): Promise<Buffer> {
    const block = compressSync(encoder.buffer);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(block.length);
    return Promise.resolve(Buffer.concat([HEADER, length, block]));
  },

  decompress(data: Buffer): Promise<Buffer> {
    if (!data.subarray(0, MAGIC_BYTES).equals(HEADER.subarray(0, MAGIC_BYTES)))
      return Promise.resolve(uncompressSync(data) as Buffer);
    const blocks: Buffer[] = [];
    for (let at = HEADER.length; at < data.length;) {
      const end = at + 4 + data.readUInt32BE(at);
      blocks.push(uncompressSync(data.subarray(at + 4, end)) as Buffer);
      at = end;
    }
    return Promise.resolve(blocks.length === 1 ? blocks[0]! : Buffer.concat(blocks));
  },
};

/** Teaches kafkajs snappy, for writing and for batches of other producers. Topics are pinned to it, see `topics.ts`. */
export const registerSnappy = (): void => {
  kafkajs.CompressionCodecs[kafkajs.CompressionTypes.Snappy] = () => codec;
};
