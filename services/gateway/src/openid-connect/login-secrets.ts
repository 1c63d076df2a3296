import { createHash, randomBytes } from 'node:crypto';

/** Max time from the beginning of a login to the response of the provider, ms. */
export const MAX_LOGIN_MS = 10 * 60 * 1_000;
const TOKEN = /^([0-9a-z]{1,10})\.[\w-]{43}$/;

/** What binds the response of the provider to the browser that began the login. */
export interface LoginSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** The token of a login, for the browser's cookie: its time and 256 random bits. */
export const newLoginToken = (now: Date): string =>
  `${now.getTime().toString(36)}.${randomBytes(32).toString('base64url')}`;

/** Whether a token has the right form and is not too old. */
export const isCurrent = (token: string, now: Date): boolean => {
  const [, begun] = TOKEN.exec(token) ?? [];
  const age = now.getTime() - Number.parseInt(begun ?? '', 36);
  return age >= 0 && age <= MAX_LOGIN_MS;
};

/** Each is derived from the token: none of them shows the token or another, and a login that is not completed needs no row. */
export const secretsOf = (token: string): LoginSecrets => {
  const derived = (use: string): string => createHash('sha256').update(`${use}:${token}`).digest('base64url');
  return { state: derived('state'), nonce: derived('nonce'), verifier: derived('verifier') };
};
