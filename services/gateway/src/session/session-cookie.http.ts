import { parse, serialize } from 'cookie';
import { SESSION_MS } from './session.store.js';

const NAME = 'baton_session';

/** The session token of a Cookie header. */
export const sessionTokenOf = (header: string | undefined): string | undefined =>
  header ? parse(header)[NAME] : undefined;

/** Set-Cookie with a session token; null ends the session. Not readable by scripts and not sent from other sites. */
export const sessionCookie = (token: string | null, secure: boolean): string =>
  serialize(NAME, token ?? '', {
    httpOnly: true,
    sameSite: 'strict',
    secure,
    path: '/',
    maxAge: token === null ? 0 : SESSION_MS / 1_000,
  });
