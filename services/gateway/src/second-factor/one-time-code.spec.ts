import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Secret, TOTP } from 'otpauth';
import { isOneTimeCode, keyUri, stepOf } from './one-time-code.js';

/** The secret of RFC 6238, appendix B; the codes are the last six of its eight digits. */
const SECRET = Secret.fromLatin1('12345678901234567890').base32;
const SECOND = 1_000;
const STEP = 30 * SECOND;

describe('a one-time code', () => {
  it.each([
    [59, '287082', 1],
    [1_111_111_109, '081804', 37_037_036],
    [1_111_111_111, '050471', 37_037_037],
    [1_234_567_890, '005924', 41_152_263],
    [2_000_000_000, '279037', 66_666_666],
    [20_000_000_000, '353130', 666_666_666],
  ])('%i s after 1970 it is %s', (seconds, code, step) => {
    expect(stepOf(code, SECRET, seconds * SECOND)).toBe(step);
  });

  it('is accepted within one step of clock drift, and belongs to its own step', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 10 ** 9 }), fc.integer({ min: -3, max: 3 }), (step, drift) => {
        const code = codeAt((step + drift) * STEP);
        const found = stepOf(code, SECRET, step * STEP + 7);
        // A code of another step may be the same six digits by chance.
        if (Math.abs(drift) <= 1) expect(Math.abs(found! - step)).toBeLessThanOrEqual(1);
        else if (found !== undefined) expect(codeAt(found * STEP)).toBe(code);
      }),
    );
  });

  it.each(['', '12345', '1234567', '28708a', '２８７０８２', '-87082', '287082x', '28.7082'])(
    '%j is none',
    (code) => {
      expect(isOneTimeCode(code)).toBe(false);
      expect(stepOf(code, SECRET, 59 * SECOND)).toBeUndefined();
    },
  );

  it('may have the space that apps show', () => {
    expect(stepOf(' 287 082 ', SECRET, 59 * SECOND)).toBe(1);
  });

  it.each(['ada@baton.example', 'a+b&issuer=Other@baton.example', 'ü/?#:@baton.example'])(
    'the address for the app has issuer and account: %s',
    (email) => {
      const url = new URL(keyUri(SECRET, email));
      expect(decodeURIComponent(url.pathname)).toContain(`Baton:${email}`);
      expect(url.searchParams.getAll('issuer')).toEqual(['Baton']);
      expect(url.searchParams.get('secret')).toBe(SECRET);
    },
  );
});

const codeAt = (timestamp: number): string =>
  TOTP.generate({ secret: Secret.fromBase32(SECRET), timestamp, digits: 6, period: 30, algorithm: 'SHA1' });
