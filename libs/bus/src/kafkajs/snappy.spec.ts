import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import kafkajs from 'kafkajs';
import { compressSync } from 'snappy';
import { registerSnappy } from './snappy.js';

registerSnappy();
const codec = kafkajs.CompressionCodecs[kafkajs.CompressionTypes.Snappy]() as {
  compress(encoder: { buffer: Buffer }): Promise<Buffer>;
  decompress(data: Buffer): Promise<Buffer>;
};

it('reads what it wrote and what other clients write without framing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 5_000 }), async (bytes) => {
      const data = Buffer.from(bytes);
      expect(await codec.decompress(await codec.compress({ buffer: data }))).toEqual(data);
      expect(await codec.decompress(compressSync(data))).toEqual(data);
    }),
  );
});
