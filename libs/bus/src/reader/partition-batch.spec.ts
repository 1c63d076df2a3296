import { describe, expect, it } from '@jest/globals';
import { messagesWithin } from './partition-batch.js';

const messages = [3, 3, 3, 9, 1, 1].map((bytes) => ({ value: Buffer.alloc(bytes) }));
const lengthsFrom = (index: number, limits: { messages: number; bytes: number }): number[] =>
  messagesWithin(messages, index, limits).map(({ value }) => value.length);

describe('the messages that one transaction holds', () => {
  it.each([
    [0, { messages: 2, bytes: 100 }, [3, 3]],
    [0, { messages: 100, bytes: 6 }, [3, 3]],
    [0, { messages: 100, bytes: 8 }, [3, 3]],
    [4, { messages: 100, bytes: 8 }, [1, 1]],
  ])('from %d within %j are %j bytes long', (index, limits, lengths) => {
    expect(lengthsFrom(index, limits)).toEqual(lengths);
  });

  it('are one that is larger than the limit, alone', () => {
    expect(lengthsFrom(3, { messages: 100, bytes: 8 })).toEqual([9]);
  });

  it('may have no value', () => {
    expect(messagesWithin([{ value: null }, { value: null }], 0, { messages: 5, bytes: 1 })).toHaveLength(2);
  });
});
