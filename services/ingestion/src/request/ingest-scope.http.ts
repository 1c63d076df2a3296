import type { Violation } from '@baton/contracts';
import { DomainError, traceparentOf } from '@baton/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { decompressBody } from './request-body.http.js';
import { InvalidMessage } from '../activity/invalid-message.js';
import { MAX_BATCH_BYTES } from '../activity/payload-limits.js';

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'retry-after',
};
const PREFLIGHT = {
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers':
    'authorization, content-type, content-encoding, idempotency-key, x-retry-count, anonymousid, sentat, traceparent',
  'access-control-max-age': '86400',
};

/**
 * A door that pages of any origin may post to. Its routes stand on Fastify itself: what Nest does before and after a
 * handler (guard, pipe, interceptors) has nothing to do here and would cost a tenth of the throughput.
 */
export const addIngestScope = (scope: FastifyInstance, path: string, root: FastifyInstance): void => {
  // A scope has the error handler its parent had when it was made, which was before Nest set ours.
  scope.setErrorHandler((fault, request, reply) => root.errorHandler(fault, request, reply));
  scope.removeAllContentTypeParsers();
  // SDKs send JSON as text/plain (no preflight) and as form data; only the bytes tell what it is.
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BATCH_BYTES }, decompressBody);
  scope.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(CORS);
    done();
  });
  // These only publish, and hand on the trace of their request themselves.
  scope.addHook('onRoute', (route) => {
    route.config = { ...route.config, ambientTrace: false };
  });
  scope.options(path, (_request, reply) => reply.headers(PREFLIGHT).status(204).send());
};

/** One answer for what is wrong with a request: every fault with its place. */
export const problemOf = (faults: readonly (Violation & { readonly tooLarge: boolean })[]): DomainError =>
  new DomainError(
    faults[0]?.tooLarge ? 'too-large' : 'invalid',
    'Nothing of this request was taken; see `errors`.',
    { errors: faults.map(({ pointer, detail }) => ({ pointer, detail })) },
  );

/** The fault of a message that stands at `pointer` in its request; anything but a refusal is thrown on. */
export const violationAt = (pointer: string, fault: unknown): Violation & { readonly tooLarge: boolean } => {
  if (!(fault instanceof InvalidMessage)) throw fault;
  return { pointer: `${pointer}${fault.pointer}`, detail: fault.detail, tooLarge: fault.tooLarge };
};

const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The trace this request belongs to; with telemetry off, the one its sender named. */
export const traceparentFrom = (request: FastifyRequest): { traceparent?: string } => {
  const traceparent = traceparentOf(request) ?? request.headers['traceparent'];
  return typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? { traceparent } : {};
};
