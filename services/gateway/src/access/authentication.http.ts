import { DomainError, rememberUser, type User } from '@baton/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hashOf } from '../session/secret-token.js';
import { sessionTokenOf } from '../session/session-cookie.http.js';
import { SessionStore } from '../session/session.store.js';
import { TokenAccess } from '../token/token-access.http.js';
import { rememberCaller } from '../caller/caller.http.js';
import { isOpenRoute } from './open-routes.js';
import { isSameSite } from './same-site.js';

const BEARER = /^Bearer ([\w-]{20,512})$/i;
/** The only routes below /api that need neither session nor token. */
const OPEN = new Set([
  'POST /api/login',
  'POST /api/login/code',
  'POST /api/logout',
  'POST /api/password-link',
  'PUT /api/password-link',
  'GET /api/setup',
  'GET /api/oidc',
  'GET /api/oidc/login',
  'GET /api/oidc/callback',
]);

/**
 * Authenticates every request by API token or session cookie. From here on the request has a user, and nothing of what the caller
 * sent about itself.
 */
export const addAuthentication = (instance: FastifyInstance, app: NestFastifyApplication): void => {
  const sessions = app.get(SessionStore);
  const tokens = app.get(TokenAccess);

  instance.addHook('onRequest', async (request) => {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    delete request.headers.authorization;
    if (!isApi(request)) return;
    if (!token && !isSameSite(request.method, request.headers))
      throw new DomainError(
        'forbidden',
        'The request was sent by a page of another site; a session is valid for pages of this one only.',
      );
    if (OPEN.has(`${request.method} ${request.routeOptions.url}`) || isOpenRoute(request.routeOptions.url))
      return;
    const user = token ? await tokens.userOf(token, request) : await userOfSession(sessions, request);
    if (!user) throw new DomainError('unauthenticated', 'Log in first, or send an API token.');
    const credential = hashOf(token ?? sessionTokenOf(request.headers.cookie) ?? '');
    rememberCaller(request, { ...user, credential });
    rememberUser(request, user);
  });
};

const userOfSession = async (
  sessions: SessionStore,
  { headers }: FastifyRequest,
): Promise<User | undefined> => {
  const session = sessionTokenOf(headers.cookie);
  return session ? sessions.userOf(session) : undefined;
};

/**
 * By the route that was found and by the path, decoded as the router decodes it: `/%61pi/leads` is the API as well, and so are
 * paths without a route.
 */
const isApi = ({ routeOptions, url }: FastifyRequest): boolean =>
  [routeOptions.url ?? '', decoded(url.split(/[?#;]/, 1)[0]!)].some(
    (path) => path === '/api' || path.startsWith('/api/'),
  );

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};
