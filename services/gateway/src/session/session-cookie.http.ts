import { parse, serialize } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { KNOWN_MS } from './known-device.store.js';
import { MAX_SESSION_MS } from './session.store.js';

const SESSION = 'baton_session';
const DEVICE = 'baton_device';
const LOGIN = 'baton_login';
/** Browsers accept a cookie with this prefix only from the host itself and over https: no other subdomain can set it. */
const HOST_PREFIX = '__Host-';

/** Also true behind a trusted proxy (`TRUSTED_PROXIES`) that terminates TLS. */
export const isSecure = (request: FastifyRequest): boolean => request.protocol === 'https';

/** A cookie's value; that of the name with the prefix has precedence. */
const cookieIn = (header: string | undefined, name: string): string | undefined => {
  const cookies = header ? parse(header) : {};
  return cookies[HOST_PREFIX + name] ?? cookies[name];
};

/** The session token of a Cookie header. */
export const sessionTokenOf = (header: string | undefined): string | undefined => cookieIn(header, SESSION);

/** The token of a known browser. */
export const deviceTokenOf = (header: string | undefined): string | undefined => cookieIn(header, DEVICE);

/** The token of a login that waits for the provider's response. */
export const loginTokenOf = (header: string | undefined): string | undefined => cookieIn(header, LOGIN);

/** Set-Cookie, not readable by scripts and by default not sent from other sites; null removes the cookie. */
const setCookieOf = (
  request: FastifyRequest,
  name: string,
  value: string | null,
  maxAgeMs: number,
  sameSite: 'strict' | 'lax' = 'strict',
): string => {
  const secure = isSecure(request);
  return serialize(secure ? HOST_PREFIX + name : name, value ?? '', {
    httpOnly: true,
    sameSite,
    secure,
    path: '/',
    maxAge: value === null ? 0 : maxAgeMs / 1_000,
  });
};

/** Answers with the cookie of a new session. It lasts as long as a session can; the server decides when it ends. */
export const sendSession = (request: FastifyRequest, reply: FastifyReply, token: string): void => {
  void reply.header('set-cookie', setCookieOf(request, SESSION, token, MAX_SESSION_MS));
};

/** Answers with the cookie that makes the browser known. */
export const sendDevice = (request: FastifyRequest, reply: FastifyReply, token: string): void => {
  void reply.header('set-cookie', setCookieOf(request, DEVICE, token, KNOWN_MS));
};

/** Lax: it has to come with the redirect from the provider, which is another site. */
export const sendLogin = (
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  maxAgeMs: number,
): void => {
  void reply.header('set-cookie', setCookieOf(request, LOGIN, token, maxAgeMs, 'lax'));
};

export const removeLogin = (request: FastifyRequest, reply: FastifyReply): void => {
  void reply.header('set-cookie', setCookieOf(request, LOGIN, null, 0, 'lax'));
};

export const removeSession = (request: FastifyRequest, reply: FastifyReply): void => {
  const removed = setCookieOf(request, SESSION, null, 0);
  // A session that began over http has the plain name.
  const plain = serialize(SESSION, '', { httpOnly: true, sameSite: 'strict', path: '/', maxAge: 0 });
  void reply.header('set-cookie', isSecure(request) ? [removed, plain] : removed);
};
