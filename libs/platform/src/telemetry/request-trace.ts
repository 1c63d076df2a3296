import {
  context,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
} from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';

/** Name of the request property; decorated, so that every request has the same shape. */
export const TRACE = Symbol('trace');

interface RequestTrace {
  readonly span: Span;
  readonly context: Context;
}
type Traced = FastifyRequest & { [TRACE]?: RequestTrace | null };

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * False: the handler runs outside the request's trace context and passes `traceparentOf(request)` on itself. Saves a
     * route that only publishes a tenth of its time; its log lines and SQL statements then have no trace.
     */
    ambientTrace?: boolean;
  }
}

const tracer = trace.getTracer('@baton/platform');

/** Starts the server span of a request in the caller's trace. Not @fastify/otel, which records the URL with its query. */
export const beginTrace = (request: FastifyRequest): void => {
  const route = request.routeOptions.url;
  const parent = propagation.extract(ROOT_CONTEXT, request.headers);
  const attributes = { 'http.request.method': request.method, 'http.route': route };
  const name = route ? `${request.method} ${route}` : request.method;
  const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
  (request as Traced)[TRACE] = { span, context: trace.setSpan(parent, span) };
};

/** Calls `next` in the request's trace context. To be called after the body is read: reading it loses the async context. */
export const enterTrace = (request: FastifyRequest, next: () => void): void => {
  const traced = (request as Traced)[TRACE];
  if (traced && request.routeOptions.config.ambientTrace !== false) context.with(traced.context, next);
  else next();
};

export const endTrace = (request: FastifyRequest, reply: FastifyReply): void => {
  const span = (request as Traced)[TRACE]?.span;
  if (!span) return;
  span.setAttribute('http.response.status_code', reply.statusCode);
  if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
};

/** The W3C `traceparent` header of the request's span. */
export const traceparentOf = (request: FastifyRequest): string | undefined => {
  const carrier: { traceparent?: string } = {};
  const traced = (request as Traced)[TRACE];
  if (traced) propagation.inject(traced.context, carrier);
  return carrier.traceparent;
};

/** Trace id of a request, for its problem document and log line; random when telemetry is off. */
export const traceIdOf = (request: FastifyRequest): string => {
  const span = (request as Traced)[TRACE]?.span.spanContext();
  return span && isSpanContextValid(span) ? span.traceId : randomBytes(16).toString('hex');
};
