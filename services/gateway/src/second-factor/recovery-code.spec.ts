import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normalRecoveryCode, RECOVERY_CODE_BYTES, recoveryCodeOf } from './recovery-code.js';

const random = fc.uint8Array({ minLength: RECOVERY_CODE_BYTES, maxLength: RECOVERY_CODE_BYTES });

describe('a recovery code', () => {
  it('has all random bits, in groups that are easy to read', () => {
    fc.assert(
      fc.property(random, random, (one, other) => {
        expect(recoveryCodeOf(one)).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/);
        expect(recoveryCodeOf(one) === recoveryCodeOf(other)).toBe(String(one) === String(other));
      }),
    );
  });

  it.each([
    (code: string) => code.toUpperCase(),
    (code: string) => code.replaceAll('-', ''),
    (code: string) => ` ${code.replaceAll('-', ' ')} `,
    (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l'),
  ])('is recognised as people type it (%#)', (typed) => {
    fc.assert(
      fc.property(random, (bytes) => {
        const code = recoveryCodeOf(bytes);
        expect(normalRecoveryCode(typed(code))).toBe(code);
      }),
    );
  });
});
