import { Readable } from 'node:stream';
import httpProxy, { type FastifyHttpProxyOptions } from '@fastify/http-proxy';
import { DomainError, ProblemFilter, rememberUser, traceparentOf, userOf } from '@baton/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CallerIdentity } from '../access/caller-identity.js';
import { OPEN_PREFIXES } from '../access/open-routes.js';
import { rememberOutcome } from '../caller/caller.http.js';
import { GatewayConfig } from '../gateway.config.js';
import { DefinitionOwners } from './definition-owners.cache.js';
import { LedSellersCache } from './led-sellers.cache.js';
import { LinkHolders } from './link-holders.http.js';
import { MAX_STREAMS, OpenStreams } from './open-streams.job.js';
import { DEFINITIONS_PREFIX, kindIn, PROXY_ROUTES, type ProxyRoute, type Upstream } from './routes.js';
import { responseHeaders, requestHeaders } from './forwarded-headers.js';

const CONNECT_TIMEOUT_MS = 2_000;
const RESPONSE_TIMEOUT_MS = 30_000;
/** To a service from each prefix; more requests wait for one another. */
const MAX_CONNECTIONS = 128;

type ReplyOptions = NonNullable<FastifyHttpProxyOptions['replyOptions']>;
type PreHandler = NonNullable<FastifyHttpProxyOptions['preHandler']>;
type OnResponse = NonNullable<ReplyOptions['onResponse']>;

/** Common to all forwarded routes. */
interface Forwarding {
  readonly config: GatewayConfig;
  /** Undefined for routes that are open to callers without a user. */
  readonly identity: CallerIdentity | undefined;
  readonly onResponse: OnResponse;
}

/** Forwards requests of the API to the services, with the identity of the caller for the one that gets it. */
export const addProxy = async (instance: FastifyInstance, app: NestFastifyApplication): Promise<void> => {
  const owners = app.get(DefinitionOwners);
  const streams = app.get(OpenStreams);
  const holders = app.get(LinkHolders);
  const forwarding: Forwarding = {
    config: app.get(GatewayConfig),
    identity: app.get(CallerIdentity),
    onResponse: forwardResponse(streams, holders),
  };
  const ledSellers = app.get(LedSellersCache);
  const problems = app.get(ProblemFilter);
  await instance.register(async (scope) => {
    // A scope has Fastify's own error handler until it gets one.
    scope.setErrorHandler<Error>((fault, request, reply) =>
      problems.answer(reply.raw.destroyed ? clientGone() : fault, request, reply),
    );
    bufferBodies(scope);
    for (const proxied of PROXY_ROUTES)
      await scope.register(async (route) => {
        const { prefix, upstream, bodyLimit, streams: hasStream } = proxied;
        const isOpen = OPEN_PREFIXES.includes(prefix);
        if (isOpen) bufferBodies(route, { onBody: (request, body) => holders.read(request, body) });
        if (bodyLimit !== undefined) bufferBodies(route, { bodyLimit });
        await route.register(httpProxy, {
          ...optionsOf(
            prefix,
            () => upstream,
            isOpen ? { ...forwarding, identity: undefined } : forwarding,
            // A stream keeps its connection: there is one for each, and some for the other requests.
            hasStream ? MAX_STREAMS + MAX_CONNECTIONS : MAX_CONNECTIONS,
          ),
          preHandler: isOpen
            ? whenDone((request) => holders.require(request))
            : prepare(proxied, ledSellers, streams),
        });
      });
    await scope.register(httpProxy, definitionOptions(owners, forwarding));
  });
};

/** The owner of a definition is looked up before the request is forwarded, because `getUpstream` cannot wait. */
const definitionOptions = (owners: DefinitionOwners, forwarding: Forwarding): FastifyHttpProxyOptions => {
  const ownerOf = new WeakMap<object, Upstream>();
  return {
    ...optionsOf(DEFINITIONS_PREFIX, (request) => ownerOf.get(request)!, forwarding),
    // The list itself is merged by a controller.
    routes: ['/*'],
    preHandler: (request, _reply, done) => {
      owners.ownerOf(kindIn(restOf(request)), request).then((owner) => {
        ownerOf.set(request, owner);
        done();
      }, done);
    },
  };
};

const optionsOf = (
  prefix: string,
  upstreamOf: (request: object) => Upstream,
  { config, identity, onResponse }: Forwarding,
  connections = MAX_CONNECTIONS,
): FastifyHttpProxyOptions => ({
  upstream: '',
  prefix,
  rewritePrefix: prefix.slice('/api'.length),
  proxyPayloads: false,
  destroyAgent: true,
  // A live stream is silent between heartbeats and has no end.
  undici: {
    connections,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: RESPONSE_TIMEOUT_MS,
    bodyTimeout: 0,
  },
  replyOptions: {
    getUpstream: (request) => config.urlOf(upstreamOf(request)),
    rewriteRequestHeaders: (request, headers) =>
      requestHeaders(headers, {
        authorization: identity?.authorizationFor(upstreamOf(request), request as FastifyRequest),
        traceparent: traceparentOf(request as FastifyRequest),
      }),
    rewriteHeaders: responseHeaders,
    // The client decides whether to retry.
    retryDelay: () => null,
    onResponse,
    onError: (reply) => {
      void reply.send(unavailable());
    },
  },
});

/** The path below the prefix, as the router decoded it. */
const restOf = ({ params }: FastifyRequest): string => (params as { '*'?: string })['*'] ?? '';

/**
 * Buffers a body, within the limit of the gateway or `bodyLimit` bytes, before it is forwarded unchanged: a slow or endless sender occupies only
 * the gateway.
 */
const bufferBodies = (scope: FastifyInstance, { bodyLimit, onBody }: BodyOptions = {}): void => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser<Buffer>(
    '*',
    { parseAs: 'buffer', ...(bodyLimit !== undefined && { bodyLimit }) },
    (request, body, done) => {
      onBody?.(request, body);
      done(null, Readable.from([body]));
    },
  );
};

interface BodyOptions {
  readonly bodyLimit?: number;
  readonly onBody?: (request: FastifyRequest, body: Buffer) => void;
}

/** Services with objects that belong to leads, and without teams. */
const LEARN_LEADS = new Set<Upstream>(['scoring', 'reporting']);

/**
 * What is known before a service is asked: whose leads a manager sees, for their identity, and that a stream has a place, so that a
 * refused reader costs the service nothing.
 */
const prepare = (
  { upstream, streams: hasStream }: ProxyRoute,
  ledSellers: LedSellersCache,
  streams: OpenStreams,
): PreHandler => {
  const run = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const user = userOf(request);
    if (user?.role === 'manager' && LEARN_LEADS.has(upstream))
      rememberUser(request, { ...user, leads: await ledSellers.of(user) });
    if (!hasStream) return;
    // Only a reader of the stream may hold a place: a HEAD would never get its end.
    if (request.method !== 'GET') throw new DomainError('not-found', 'A stream is read with GET.');
    streams.open(request, reply);
  };
  return whenDone(run);
};

const whenDone =
  (run: (request: FastifyRequest, reply: FastifyReply) => Promise<void>): PreHandler =>
  (request, reply, done) => {
    run(request, reply).then(() => done(), done);
  };

/** Streams the response. A stream of events can be ended at any time; other responses may finish. */
const forwardResponse =
  (streams: OpenStreams, holders: LinkHolders): OnResponse =>
  (request, reply, answer) => {
    const { stream } = answer as unknown as { stream: Readable };
    const { raw, statusCode } = reply as unknown as FastifyReply;
    // Also for a client that does not wait for the response.
    rememberOutcome(request as unknown as FastifyRequest, statusCode);
    if (statusCode < 400) holders.remember(request as unknown as FastifyRequest);
    if (String(reply.getHeader('content-type')).startsWith('text/event-stream'))
      streams.endWith(request as unknown as FastifyRequest, () => {
        raw.end();
        stream.destroy();
      });
    reply.send(stream);
  };

/** No fault of the gateway's, and nobody reads it. */
const clientGone = (): DomainError => new DomainError('unavailable', 'The client has closed the connection.');

const unavailable = (): DomainError =>
  new DomainError('unavailable', 'The service does not respond at the moment; try again.', {
    retryAfter: 2,
  });
