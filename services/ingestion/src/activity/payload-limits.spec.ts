import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_DEPTH, checkLimits } from './payload-limits.js';

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe('room for a value', () => {
  it('is decided by the bytes of its JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(400), (value, limit) => {
        const bytes = Buffer.byteLength(JSON.stringify(value));
        expect(checkLimits(value, limit)).toBe(bytes <= limit ? 'enough' : 'too-large');
      }),
    );
  });

  it('is refused to what is nested too deeply, however small', () => {
    expect(checkLimits(nested(MAX_DEPTH), 1_000)).toBe('enough');
    expect(checkLimits(nested(MAX_DEPTH + 2), 1_000)).toBe('too-deep');
    expect(checkLimits(JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)), 1_000)).toBe('too-deep');
  });
});
