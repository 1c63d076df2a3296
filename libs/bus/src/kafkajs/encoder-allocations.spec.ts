import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import Encoder from 'kafkajs/src/protocol/encoder.js';
import encodeRecord from 'kafkajs/src/protocol/recordBatch/record/v0/index.js';
import { patchEncoderAllocations } from './encoder-allocations.js';

type Record = Parameters<typeof encodeRecord>[0];

const text = fc.string({ unit: 'grapheme', maxLength: 700 });
const record: fc.Arbitrary<Record> = fc.record({
  offsetDelta: fc.nat(),
  timestampDelta: fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.integer({ min: 2 ** 29, max: 2 ** 41 })),
  key: fc.option(text),
  value: fc.option(fc.oneof(text, fc.uint8Array({ maxLength: 3_000 }).map(Buffer.from))),
  headers: fc.dictionary(fc.string({ minLength: 1 }), text, { maxKeys: 12 }),
});
const bytesOf = (records: readonly Record[]): string =>
  new Encoder().writeEncoderArray(records.map(encodeRecord)).buffer.toString('hex');

it('writes to the byte what kafkajs wrote', () => {
  const samples = fc.sample(fc.array(record, { maxLength: 12 }), 300);
  const before = samples.map(bytesOf);
  const { writeUVarInt } = Encoder.prototype;
  patchEncoderAllocations();

  expect(Encoder.prototype.writeUVarInt).not.toBe(writeUVarInt);
  expect(samples.map(bytesOf)).toEqual(before);
});
