import { memoized, type Violation } from '@baton/contracts';
import { clientOf, DomainError, dropUnreadBody, traceparentOf } from '@baton/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hash } from 'node:crypto';
import {
  RateLimited,
  rateLimitHeaders,
  type LimitState,
  type RateLimits,
} from '../limit/rate-limits.cache.js';
import { ALLOWANCES, corsOf, preflightOf } from './cors.js';
import { decompressBody } from './request-body.http.js';
import { InvalidMessage, type FaultCode } from '../activity/invalid-message.js';
import { MAX_REQUEST_BYTES } from '../activity/payload-limits.js';

export interface IngestScope {
  /** Paths whose preflights are answered. */
  readonly paths: readonly string[];
  readonly root: FastifyInstance;
  /** Limits by address; the others need what the route knows. */
  readonly limits: RateLimits;
  /** Rejects a preflight whose request would be refused for its page, as far as its address tells the key. */
  readonly checkPreflight?: (request: FastifyRequest) => Promise<void>;
  /** Called for every fault; resolves with true when it has sent the response itself. */
  readonly onFault?: (fault: unknown, request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;
}

const ADDRESS_LIMIT = Symbol('state of the limit of the client address');
type LimitedRequest = FastifyRequest & { [ADDRESS_LIMIT]?: LimitState | undefined };

/** State of the limit of the client's address after this request. */
export const addressLimitOf = (request: FastifyRequest): LimitState | undefined =>
  (request as LimitedRequest)[ADDRESS_LIMIT];

/**
 * Prepares a scope for routes that pages of any origin may post to. They are routes of Fastify itself: Nest's guard, pipes and
 * interceptors have nothing to do here and would cost a tenth of the throughput.
 */
export const addIngestScope = (
  scope: FastifyInstance,
  { paths, root, limits, checkPreflight, onFault = () => Promise.resolve(false) }: IngestScope,
): void => {
  // A scope inherits the error handler of the moment it was made, which was before Nest set its own.
  scope.setErrorHandler(async (fault, request, reply) => {
    dropUnreadBody(request, reply);
    if (fault instanceof RateLimited) void reply.headers(rateLimitHeaders([fault.state]));
    if (await onFault(fault, request, reply)) return reply;
    return root.errorHandler(fault, request, reply);
  });
  scope.removeAllContentTypeParsers();
  // SDKs send JSON as text/plain (no preflight) and as form data: the content type does not tell the format.
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_REQUEST_BYTES }, decompressBody);
  scope.addHook('onRequest', (request: LimitedRequest, reply, done) => {
    void reply.headers(corsOf(request.headers.origin));
    if (request.method === 'OPTIONS') return done();
    limits.consume('address', clientKeyOf(request.ip)).then(
      (state) => {
        request[ADDRESS_LIMIT] = state;
        done();
      },
      (fault: Error) => done(fault),
    );
  });
  // The routes only publish, and pass on the trace of their request themselves.
  scope.addHook('onRoute', (route) => {
    route.config = { ...route.config, ambientTrace: false };
  });
  for (const path of paths)
    scope.options(path, async (request, reply) => {
      const { headers } = request;
      try {
        await checkPreflight?.(request);
      } catch (fault) {
        ALLOWANCES.forEach((name) => void reply.removeHeader(name));
        throw fault;
      }
      return reply
        .headers(preflightOf(headers.origin, headers['access-control-request-headers']))
        .status(204)
        .send();
    });
};

/** A hash: keys of limits are stored, and an address is personal data. */
const clientKeyOf = memoized((address) => hash('sha256', clientOf(address), 'hex').slice(0, 32));

type CodedViolation = Violation & { readonly code: FaultCode };

/** The problem document of a request: every violation with its place. */
export const problemOf = (faults: readonly CodedViolation[]): DomainError =>
  new DomainError(faults[0]?.code ?? 'invalid', 'Nothing of this request was accepted; see `errors`.', {
    errors: faults.map(({ pointer, detail }) => ({ pointer, detail })),
  });

/** The violation of the message at `pointer` of the request. @throws any other fault */
export const violationAt = (pointer: string, fault: unknown): CodedViolation => {
  if (!(fault instanceof InvalidMessage)) throw fault;
  return { pointer: `${pointer}${fault.pointer}`, detail: fault.detail, code: fault.code };
};

const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The trace of this request; with telemetry off, the one of its header. */
export const traceparentFrom = (request: FastifyRequest): { traceparent?: string } => {
  const traceparent = traceparentOf(request) ?? request.headers['traceparent'];
  return typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? { traceparent } : {};
};
