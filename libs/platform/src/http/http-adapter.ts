import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../domain-error.js';
import type { ServiceConfig } from '../config/service.config.js';
import type { ServiceSpec } from '../service.js';
import type { Shutdown } from '../shutdown.js';
import { RequestDurations } from '../telemetry/request-durations.js';
import { beginTrace, endTrace, enterTrace, TRACE } from '../telemetry/request-trace.js';
import type { ProblemFilter } from './problem.filter.js';
import { refuseConnection, refuseExpectations } from './refused-connection.js';
import { SECURITY_HEADERS } from './security-headers.js';

const BODY_LIMIT = 256 * 1024;
/** The default of Node, written out. */
const HEADER_LIMIT = 16 * 1024;
/** Max time to receive the head of a request; a whole one has `requestTimeoutMs`. */
const MAX_HEAD_MS = 10_000;
/** Requests are checked this often; the default of Node is as long as a request may take by default. */
const MAX_CHECK_MS = 5_000;
const MS_PER_SECOND = 1_000;

export const createAdapter = (
  spec: ServiceSpec,
  filter: ProblemFilter,
  { trustedProxies, requestTimeoutMs }: ServiceConfig,
): FastifyAdapter =>
  new FastifyAdapter({
    bodyLimit: spec.bodyLimit ?? BODY_LIMIT,
    // A number of hops: entries of X-Forwarded-For left of them can be forged by the client.
    trustProxy: trustedProxies > 0 && ((_address, hop) => hop < trustedProxies),
    // A slow sender must not hold its socket: the body counts, too.
    requestTimeout: requestTimeoutMs,
    http: {
      maxHeaderSize: spec.headerLimit ?? HEADER_LIMIT,
      headersTimeout: Math.min(MAX_HEAD_MS, requestTimeoutMs),
      connectionsCheckingInterval: Math.min(MAX_CHECK_MS, requestTimeoutMs),
    },
    // The onRequest hook below answers with problem+json.
    return503OnClosing: false,
    clientErrorHandler: refuseConnection,
    // Refusals of the router before any hook runs: malformed URLs.
    frameworkErrors: (fault: Error, request: FastifyRequest, reply: FastifyReply) =>
      filter.answer(fault, request, reply),
  });

/** Registers the hooks of every route. Must run before Nest registers the routes: Fastify hooks apply to later routes only. */
export const prepareHttp = async (
  app: NestFastifyApplication,
  spec: ServiceSpec,
  shutdown: Shutdown,
): Promise<{ instance: FastifyInstance; durations: RequestDurations }> => {
  const instance = app.getHttpAdapter().getInstance();
  const headers = { ...SECURITY_HEADERS, ...spec.headers };
  const durations = new RequestDurations();
  instance.decorateRequest(TRACE, null);
  refuseExpectations(instance.server);
  // A single hook: each one costs every request more than a microsecond.
  instance.addHook('onRequest', (request, reply, done) => {
    beginTrace(request);
    void reply.headers(headers);
    if (!shutdown.signal.aborted) return done();
    void reply.header('connection', 'close');
    done(
      new DomainError('unavailable', 'This process is stopping; retry to reach another one.', {
        retryAfter: 1,
      }),
    );
  });
  instance.addHook('preHandler', (request, _reply, done) => enterTrace(request, done));
  instance.addHook('onResponse', (request, reply, done) => {
    const seconds = reply.elapsedTime / MS_PER_SECOND;
    durations.record(request.method, request.routeOptions.url ?? 'none', reply.statusCode, seconds);
    endTrace(request, reply);
    done();
  });
  await spec.fastify?.(instance, app);
  return { instance, durations };
};
