import { Readable } from 'node:stream';
import httpProxy, { type FastifyHttpProxyOptions } from '@fastify/http-proxy';
import { DomainError, ProblemFilter, Shutdown, traceparentOf } from '@baton/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../gateway.config.js';
import { PASSAGES, upstreamOf, type Passage, type Upstream } from './destination.js';
import { answerHeaders, requestHeaders } from './passed-headers.js';

const CONNECT_MS = 2_000;
const ANSWER_MS = 30_000;

type ReplyOptions = NonNullable<FastifyHttpProxyOptions['replyOptions']>;
type OnResponse = NonNullable<ReplyOptions['onResponse']>;

/** Passes calls of the API on to the services that answer them. Who asks is in `authorization` by then. */
export const passOn = async (instance: FastifyInstance, app: NestFastifyApplication): Promise<void> => {
  const config = app.get(GatewayConfig);
  const urls: Record<Upstream, string> = {
    ingestion: config.ingestionUrl,
    scoring: config.scoringUrl,
    routing: config.routingUrl,
    reporting: config.reportingUrl,
  };
  const onResponse = answerUntil(app.get(Shutdown).signal);
  const problems = app.get(ProblemFilter);
  await instance.register(async (scope) => {
    // a scope has Fastify's own error handler until it is given one: refusals are problems here as everywhere
    scope.setErrorHandler<Error>((fault, request, reply) => problems.answer(fault, request, reply));
    takeWholeBodies(scope);
    for (const passage of PASSAGES) await scope.register(httpProxy, optionsOf(passage, urls, onResponse));
  });
};

const optionsOf = (
  passage: Passage,
  urls: Record<Upstream, string>,
  onResponse: OnResponse,
): FastifyHttpProxyOptions => ({
  upstream: '',
  prefix: passage.prefix,
  rewritePrefix: passage.prefix.slice('/api'.length),
  proxyPayloads: false,
  ...(passage.merged ? { routes: ['/*'] } : {}),
  // a live stream is silent between heartbeats and has no end
  destroyAgent: true,
  undici: { connect: { timeout: CONNECT_MS }, headersTimeout: ANSWER_MS, bodyTimeout: 0 },
  replyOptions: {
    getUpstream: (request) => urls[upstreamOf(passage, restOf(request as FastifyRequest))],
    rewriteRequestHeaders: (request, headers) =>
      requestHeaders(headers, traceparentOf(request as FastifyRequest)),
    rewriteHeaders: answerHeaders,
    // whoever asked knows best whether to ask again
    retryDelay: () => null,
    onResponse,
    onError: (reply) => {
      void reply.send(away());
    },
  },
});

/** What stands behind the prefix, as the router decoded it. */
const restOf = ({ params }: FastifyRequest): string => (params as { '*'?: string })['*'] ?? '';

/**
 * A body is taken whole, within the limit of the gateway, before a service hears of it: a slow or endless sender costs only the
 * gateway. It goes on byte for byte.
 */
const takeWholeBodies = (scope: FastifyInstance): void => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, Readable.from([body]));
  });
};

/** Streams the answer as it comes; a stream of events ends in good order when the gateway stops, others may finish. */
const answerUntil =
  (stopping: AbortSignal): OnResponse =>
  (_request, reply, answer) => {
    const { stream } = answer as unknown as { stream: Readable };
    const { raw } = reply as unknown as FastifyReply;
    if (String(reply.getHeader('content-type')).startsWith('text/event-stream')) {
      const end = (): void => {
        raw.end();
        stream.destroy();
      };
      stopping.addEventListener('abort', end, { once: true });
      raw.once('close', () => stopping.removeEventListener('abort', end));
    }
    reply.send(stream);
  };

const away = (): DomainError =>
  new DomainError('unavailable', 'The service behind this does not answer right now; try again.', {
    retryAfter: 2,
  });
