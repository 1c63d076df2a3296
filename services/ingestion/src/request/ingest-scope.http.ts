import type { Violation } from '@baton/contracts';
import { MessageTooLarge } from '@baton/bus';
import { DomainError, traceparentOf } from '@baton/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { corsOf, preflightOf } from './cors.js';
import { decompressBody } from './request-body.http.js';
import { InvalidMessage } from '../activity/invalid-message.js';
import { MAX_REQUEST_BYTES } from '../activity/payload-limits.js';

/**
 * Prepares a scope for routes that pages of any origin may post to. They are routes of Fastify itself: Nest's guard, pipes and
 * interceptors have nothing to do here and would cost a tenth of the throughput.
 */
export const addIngestScope = (
  scope: FastifyInstance,
  paths: readonly string[],
  root: FastifyInstance,
): void => {
  // A scope inherits the error handler of the moment it was made, which was before Nest set its own.
  scope.setErrorHandler((fault, request, reply) => root.errorHandler(fault, request, reply));
  scope.removeAllContentTypeParsers();
  // SDKs send JSON as text/plain (no preflight) and as form data: the content type does not tell the format.
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_REQUEST_BYTES }, decompressBody);
  scope.addHook('onRequest', (request, reply, done) => {
    void reply.headers(corsOf(request.headers.origin));
    done();
  });
  // The routes only publish, and pass on the trace of their request themselves.
  scope.addHook('onRoute', (route) => {
    route.config = { ...route.config, ambientTrace: false };
  });
  for (const path of paths)
    scope.options(path, ({ headers }, reply) =>
      reply
        .headers(preflightOf(headers.origin, headers['access-control-request-headers']))
        .status(204)
        .send(),
    );
};

/**
 * Handles the fault of a publish: an event that the broker can never take is refused with its place, since it concerns its own
 * request only (413, not 503).
 */
export const refuseTooLarge =
  (pointerOf: (index: number) => string) =>
  (fault: unknown): never => {
    if (!(fault instanceof MessageTooLarge)) throw fault;
    throw new DomainError(
      'too-large',
      'An event of this request is larger than the broker takes; its other events were published.',
      {
        errors: [
          {
            pointer: pointerOf(fault.index),
            detail: `becomes an event of ${fault.bytes} bytes, more than the broker takes`,
          },
        ],
      },
    );
  };

/** The problem document of a request: every violation with its place. */
export const problemOf = (faults: readonly (Violation & { readonly tooLarge: boolean })[]): DomainError =>
  new DomainError(
    faults[0]?.tooLarge ? 'too-large' : 'invalid',
    'Nothing of this request was accepted; see `errors`.',
    { errors: faults.map(({ pointer, detail }) => ({ pointer, detail })) },
  );

/** The violation of the message at `pointer` of the request. @throws any other fault */
export const violationAt = (pointer: string, fault: unknown): Violation & { readonly tooLarge: boolean } => {
  if (!(fault instanceof InvalidMessage)) throw fault;
  return { pointer: `${pointer}${fault.pointer}`, detail: fault.detail, tooLarge: fault.tooLarge };
};

const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The trace of this request; with telemetry off, the one of its header. */
export const traceparentFrom = (request: FastifyRequest): { traceparent?: string } => {
  const traceparent = traceparentOf(request) ?? request.headers['traceparent'];
  return typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? { traceparent } : {};
};
