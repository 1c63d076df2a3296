import {
  context,
  isSpanContextValid,
  metrics,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
} from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';

const TRACE = Symbol('trace');
const MS_PER_SECOND = 1_000;
/** Asked every few seconds by machines; a span of each would only bury the others. */
const UNTRACED = new Set(['/health/live', '/health/ready', '/metrics']);

interface RequestTrace {
  readonly span: Span;
  readonly context: Context;
}
type Traced = FastifyRequest & { [TRACE]: RequestTrace | null };

/**
 * One server span and one duration for each request. A hook of ours instead of @fastify/otel, which writes the whole URL
 * with its query into the span and costs several times as much.
 */
export const traceRequests = (instance: FastifyInstance): void => {
  const tracer = trace.getTracer('@baton/platform');
  const duration = metrics.getMeter('@baton/platform').createHistogram('http.server.request.duration', {
    unit: 's',
    advice: { explicitBucketBoundaries: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] },
  });
  instance.decorateRequest(TRACE, null);

  instance.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url;
    if (route === undefined || !UNTRACED.has(route)) {
      const parent = propagation.extract(ROOT_CONTEXT, request.headers);
      const attributes = { 'http.request.method': request.method, 'http.route': route };
      const name = route ? `${request.method} ${route}` : request.method;
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
      (request as Traced)[TRACE] = { span, context: trace.setSpan(parent, span) };
    }
    done();
  });

  // Reading the body leaves the asynchronous context of onRequest, so it is entered only here, before guard and handler.
  instance.addHook('preHandler', (request, _reply, done) => {
    const traced = (request as Traced)[TRACE];
    if (traced) context.with(traced.context, done);
    else done();
  });

  instance.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request;
    const status = reply.statusCode;
    duration.record(reply.elapsedTime / MS_PER_SECOND, {
      'http.request.method': method,
      'http.route': routeOptions.url ?? 'none',
      'http.response.status_code': status,
    });
    const span = (request as Traced)[TRACE]?.span;
    if (span) {
      span.setAttribute('http.response.status_code', status);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    }
    done();
  });
};

/** The trace id of a request, for its problem document and the log line beside it; made up where telemetry is off. */
export const traceIdOf = (request: FastifyRequest): string => {
  const span = (request as Partial<Traced>)[TRACE]?.span.spanContext();
  return span && isSpanContextValid(span) ? span.traceId : randomBytes(16).toString('hex');
};
