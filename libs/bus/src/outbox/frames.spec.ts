import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeMessages, encodeMessages } from './frames.js';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const message = fc.record({
  topic: text,
  key: fc.option(text),
  value: text,
  headers: fc.dictionary(
    text.filter((name) => name !== '__proto__'),
    text,
    { maxKeys: 8, noNullPrototype: true },
  ),
});

describe('messages as bytes', () => {
  it('are read back as they were written', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 20 }), (messages) => {
        expect(decodeMessages(encodeMessages(messages))).toEqual(messages);
      }),
    );
  });
});
