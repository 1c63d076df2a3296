import { Secret, TOTP } from 'otpauth';

/** As RFC 6238 recommends, and the only values that all authenticator apps know. */
const TERMS = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Steps that the clock of the device may differ from ours, in both directions (RFC 6238, section 5.2). */
const MAX_DRIFT = 1;
const ONE_TIME_CODE = /^\d{6}$/;

/** @param secret in base32 */
const totpOf = (secret: string, email = ''): TOTP =>
  new TOTP({ ...TERMS, issuer: 'Baton', label: email, secret: Secret.fromBase32(secret) });

/** Whether it is a code of an authenticator app; a recovery code otherwise. Spaces are removed: apps show two groups of three. */
export const isOneTimeCode = (code: string): boolean => ONE_TIME_CODE.test(withoutSpaces(code));

/** The `otpauth:` address that authenticator apps read from a QR code. */
export const keyUri = (secret: string, email: string): string => totpOf(secret, email).toString();

/**
 * The time step (30 s since 1970) that a code belongs to, undefined for a wrong code.
 *
 * @param secret in base32
 * @param now ms
 */
export const stepOf = (code: string, secret: string, now: number): number | undefined => {
  if (!isOneTimeCode(code)) return undefined;
  const totp = totpOf(secret);
  const drift = totp.validate({ token: withoutSpaces(code), timestamp: now, window: MAX_DRIFT });
  return drift === null ? undefined : totp.counter({ timestamp: now }) + drift;
};

const withoutSpaces = (code: string): string => code.replaceAll(/\s/g, '');
