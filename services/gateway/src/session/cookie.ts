import { parse, serialize } from 'cookie';
import { SESSION_MS } from './session.store.js';

const NAME = 'baton_session';

/** The session's secret in a Cookie header. */
export const sessionIn = (header: string | undefined): string | undefined =>
  header ? parse(header)[NAME] : undefined;

/** Set-Cookie for a session; for none, one that ends it. No script and no other site can use it. */
export const sessionCookie = (token: string | null, secure: boolean): string =>
  serialize(NAME, token ?? '', {
    httpOnly: true,
    sameSite: 'strict',
    secure,
    path: '/',
    maxAge: token === null ? 0 : SESSION_MS / 1_000,
  });
