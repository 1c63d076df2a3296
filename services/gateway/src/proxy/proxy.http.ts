import { Readable } from 'node:stream';
import httpProxy, { type FastifyHttpProxyOptions } from '@fastify/http-proxy';
import { DomainError, ProblemFilter, traceparentOf } from '@baton/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CallerIdentity } from '../access/caller-identity.js';
import { GatewayConfig } from '../gateway.config.js';
import { DefinitionOwners } from './definition-owners.cache.js';
import { OpenStreams } from './open-streams.job.js';
import { DEFINITIONS_PREFIX, kindIn, PROXY_ROUTES, type Upstream } from './routes.js';
import { responseHeaders, requestHeaders } from './forwarded-headers.js';

const CONNECT_TIMEOUT_MS = 2_000;
const RESPONSE_TIMEOUT_MS = 30_000;

type ReplyOptions = NonNullable<FastifyHttpProxyOptions['replyOptions']>;
type PreHandler = NonNullable<FastifyHttpProxyOptions['preHandler']>;
type OnResponse = NonNullable<ReplyOptions['onResponse']>;

/** Common to all forwarded routes. */
interface Forwarding {
  readonly config: GatewayConfig;
  readonly identity: CallerIdentity;
  readonly onResponse: OnResponse;
}

/** Forwards requests of the API to the services, with the identity of the caller for the one that gets it. */
export const addProxy = async (instance: FastifyInstance, app: NestFastifyApplication): Promise<void> => {
  const owners = app.get(DefinitionOwners);
  const streams = app.get(OpenStreams);
  const forwarding: Forwarding = {
    config: app.get(GatewayConfig),
    identity: app.get(CallerIdentity),
    onResponse: forwardResponse(streams),
  };
  const problems = app.get(ProblemFilter);
  await instance.register(async (scope) => {
    // A scope has Fastify's own error handler until it gets one.
    scope.setErrorHandler<Error>((fault, request, reply) => problems.answer(fault, request, reply));
    bufferBodies(scope);
    for (const { prefix, upstream, streams: hasStream, bodyLimit } of PROXY_ROUTES)
      await scope.register(async (route) => {
        if (bodyLimit !== undefined) bufferBodies(route, bodyLimit);
        await route.register(httpProxy, {
          ...optionsOf(prefix, () => upstream, forwarding),
          ...(hasStream && { preHandler: takePlace(streams) }),
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
): FastifyHttpProxyOptions => ({
  upstream: '',
  prefix,
  rewritePrefix: prefix.slice('/api'.length),
  proxyPayloads: false,
  destroyAgent: true,
  // A live stream is silent between heartbeats and has no end.
  undici: { connect: { timeout: CONNECT_TIMEOUT_MS }, headersTimeout: RESPONSE_TIMEOUT_MS, bodyTimeout: 0 },
  replyOptions: {
    getUpstream: (request) => config.urlOf(upstreamOf(request)),
    rewriteRequestHeaders: (request, headers) =>
      requestHeaders(headers, {
        authorization: identity.authorizationFor(upstreamOf(request), request as FastifyRequest),
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
const bufferBodies = (scope: FastifyInstance, bodyLimit?: number): void => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    '*',
    { parseAs: 'buffer', ...(bodyLimit !== undefined && { bodyLimit }) },
    (_request, body, done) => {
      done(null, Readable.from([body]));
    },
  );
};

/** Before the service is asked, so that a refused reader costs it nothing. */
const takePlace =
  (streams: OpenStreams): PreHandler =>
  (request, reply, done) => {
    streams.open(request, reply);
    done();
  };

/** Streams the response. A stream of events can be ended at any time; other responses may finish. */
const forwardResponse =
  (streams: OpenStreams): OnResponse =>
  (request, reply, answer) => {
    const { stream } = answer as unknown as { stream: Readable };
    const { raw } = reply as unknown as FastifyReply;
    if (String(reply.getHeader('content-type')).startsWith('text/event-stream'))
      streams.endWith(request as unknown as FastifyRequest, () => {
        raw.end();
        stream.destroy();
      });
    reply.send(stream);
  };

const unavailable = (): DomainError =>
  new DomainError('unavailable', 'The service does not respond at the moment; try again.', {
    retryAfter: 2,
  });
