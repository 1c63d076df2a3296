import kafkajs from 'kafkajs';
import { compress, uncompress } from 'snappy';

// The framing of the Java client (xerial): magic, version, compatible version, then blocks of [length, data].
const HEADER = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
const MAGIC_BYTES = 8;

const codec = {
  async compress(encoder: { buffer: Buffer }): Promise<Buffer> {
    const block = await compress(encoder.buffer);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(block.length);
    return Buffer.concat([HEADER, length, block]);
  },

  async decompress(data: Buffer): Promise<Buffer> {
    if (!data.subarray(0, MAGIC_BYTES).equals(HEADER.subarray(0, MAGIC_BYTES)))
      return (await uncompress(data)) as Buffer;
    const blocks: Buffer[] = [];
    for (let at = HEADER.length; at < data.length;) {
      const end = at + 4 + data.readUInt32BE(at);
      blocks.push((await uncompress(data.subarray(at + 4, end))) as Buffer);
      at = end;
    }
    return Buffer.concat(blocks);
  },
};

/** Teaches kafkajs snappy, for writing and for batches of other producers. Topics are pinned to it, see `topics.ts`. */
export const registerSnappy = (): void => {
  kafkajs.CompressionCodecs[kafkajs.CompressionTypes.Snappy] = () => codec;
};
