import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_DEPTH, roomFor } from './room.js';
import { storable } from './storable.js';

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe('room for a value', () => {
  it('is decided by the bytes of its JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(400), (value, limit) => {
        const bytes = Buffer.byteLength(JSON.stringify(value));
        expect(roomFor(value, limit)).toBe(bytes <= limit ? 'enough' : 'too-large');
      }),
    );
  });

  it('is refused to what is nested too deeply, however small', () => {
    expect(roomFor(nested(MAX_DEPTH), 1_000)).toBe('enough');
    expect(roomFor(nested(MAX_DEPTH + 2), 1_000)).toBe('too-deep');
    expect(roomFor(JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)), 1_000)).toBe('too-deep');
  });
});

describe('a storable value', () => {
  it('has no NUL and no half characters, in keys as in values', () => {
    expect(storable({ 'k\0': ['a\0b', '\ud83d!', 1, null, { x: '😀' }] })).toEqual({
      k: ['ab', '\ufffd!', 1, null, { x: '😀' }],
    });
  });

  it('is otherwise unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('\\u0000') && !text.includes('__proto__'));
        expect(JSON.stringify(storable(JSON.parse(text)))).toBe(text);
      }),
    );
  });
});
