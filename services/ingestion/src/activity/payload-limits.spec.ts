import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_DEPTH, checkLimits } from './payload-limits.js';

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe('the limits of a message', () => {
  it('are compared with the bytes of its JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(400), (value, limit) => {
        const bytes = Buffer.byteLength(JSON.stringify(value));
        expect(checkLimits(value, limit)).toBe(bytes <= limit ? 'within' : 'too-large');
      }),
    );
  });

  it('reject deep nesting, however few bytes it has', () => {
    expect(checkLimits(nested(MAX_DEPTH), 1_000)).toBe('within');
    expect(checkLimits(nested(MAX_DEPTH + 2), 1_000)).toBe('too-deep');
    expect(checkLimits(JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)), 1_000)).toBe('too-deep');
  });
});
