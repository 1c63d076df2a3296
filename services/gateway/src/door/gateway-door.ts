import { resolve } from 'node:path';
import httpProxy from '@fastify/http-proxy';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import { DomainError, signIdentity, type User } from '@baton/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../gateway.config.js';
import { destinationOf, PASSED_ON, type Upstream } from '../proxy/destination.js';
import { sessionIn } from '../session/cookie.js';
import { SessionStore } from '../session/session.store.js';
import { TokenStore } from '../token/token.store.js';
import { isSameSite } from './same-site.js';

const BEARER = /^Bearer ([\w-]{20,512})$/i;
/** Logins of one address for one account in five minutes. */
const MOST_LOGINS = 30;
const OPEN = new Set(['/api/login', '/api/logout']);

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0]!;

/**
 * What every request meets first: whoever asks is looked up by session cookie or API token, and from there on the request
 * carries an identity signed by the gateway and nothing of what the caller sent about itself.
 */
export const gatewayDoor = async (instance: FastifyInstance, app: NestFastifyApplication): Promise<void> => {
  const config = app.get(GatewayConfig);
  const sessions = app.get(SessionStore);
  const tokens = app.get(TokenStore);

  const whoAsks = async ({ headers }: FastifyRequest): Promise<User | undefined> => {
    const bearer = BEARER.exec(headers.authorization ?? '')?.[1];
    if (bearer) return tokens.userOf(bearer);
    const session = sessionIn(headers.cookie);
    return session ? sessions.userOf(session) : undefined;
  };

  instance.addHook('onRequest', async (request) => {
    const path = pathOf(request);
    if (!path.startsWith('/api/')) return;
    const fromCookie = !BEARER.test(request.headers.authorization ?? '');
    if (fromCookie && !isSameSite(request.method, request.headers)) {
      throw new DomainError(
        'forbidden',
        'Another site sent this; a session is good only for pages of this one.',
      );
    }
    const user = OPEN.has(path) ? undefined : await whoAsks(request);
    delete request.headers.authorization;
    if (user) request.headers.authorization = `Bearer ${await signIdentity(config.identitySecret, user)}`;
    else if (!OPEN.has(path)) throw new DomainError('unauthenticated', 'Log in first, or send an API token.');
  });

  await limitLogins(instance);
  await passOn(instance, {
    ingestion: config.ingestionUrl,
    scoring: config.scoringUrl,
    routing: config.routingUrl,
    reporting: config.reportingUrl,
  });
  await servePages(instance, config.dashboardDir);
};

const limitLogins = async (instance: FastifyInstance): Promise<void> => {
  await instance.register(rateLimit, { global: false });
  const allowed = instance.createRateLimit({
    max: MOST_LOGINS,
    timeWindow: '5 minutes',
    keyGenerator: (request) =>
      `${request.ip} ${String((request.body as { email?: unknown } | undefined)?.email).toLowerCase()}`,
  });
  instance.addHook('preHandler', async (request) => {
    if (pathOf(request) !== '/api/login') return;
    const attempt = await allowed(request);
    if (attempt.isAllowed || !attempt.isExceeded) return;
    throw new DomainError('too-many', 'Too many logins for this account; wait a little.', {
      retryAfter: attempt.ttlInSeconds,
    });
  });
};

const passOn = async (instance: FastifyInstance, upstreams: Record<Upstream, string>): Promise<void> => {
  await instance.register(async (scope) => {
    // Bodies go through as they are; the service behind reads them.
    scope.removeAllContentTypeParsers();
    for (const prefix of PASSED_ON) {
      await scope.register(httpProxy, {
        upstream: '',
        prefix,
        rewritePrefix: prefix.slice('/api'.length),
        // The list of definitions is answered here, see definitions.http.ts.
        ...(prefix === '/api/definitions' ? { httpMethods: ['POST'] } : {}),
        // A live stream is silent between heartbeats and has no end.
        undici: { bodyTimeout: 0, headersTimeout: 30_000 },
        replyOptions: {
          getUpstream: (request) => upstreams[destinationOf(pathOf(request as FastifyRequest))!],
          rewriteRequestHeaders: (_request, { cookie: _, ...headers }) => headers,
          onError: (reply) => {
            const away = new DomainError(
              'unavailable',
              'The service behind this does not answer right now.',
              { retryAfter: 2 },
            );
            reply.send(away);
          },
        },
      });
    }
  });
};

/** The dashboard's files; any other path that is no API call is one of its pages. */
const servePages = async (instance: FastifyInstance, folder: string): Promise<void> => {
  await instance.register(fastifyStatic, {
    root: resolve(folder),
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const hashed = path.includes(`${resolve(folder)}/assets/`);
      void reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
};
