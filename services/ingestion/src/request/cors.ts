/** Longest list of header names that a preflight response repeats. */
const MAX_HEADER_LIST = 2_048;
/** Names of headers (RFC 9110 tokens), separated by commas. */
const HEADER_LIST = /^[\w!#$%&'*+.^`|~-]+(?:[ \t]*,[ \t]*[\w!#$%&'*+.^`|~-]+)*$/;
const ORIGIN = /^[\x21-\x7e]{1,300}$/;
/** Allowed when a preflight names no headers, or not as a list. */
const DEFAULT_HEADERS =
  'authorization, content-type, content-encoding, idempotency-key, x-retry-count, anonymousid, sentat, traceparent';

/** Headers that a refused preflight must not have. */
export const ALLOWANCES = ['access-control-allow-origin', 'access-control-allow-credentials'] as const;

/**
 * CORS headers of every response. `navigator.sendBeacon` always sends in credentials mode, for which the browser demands the
 * page's own origin instead of `*`, and `access-control-allow-credentials`. No cookie is ever read, so this gives away nothing.
 */
export const corsOf = (origin: string | undefined): Record<string, string> => ({
  ...(origin !== undefined && ORIGIN.test(origin)
    ? { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' }
    : { 'access-control-allow-origin': '*' }),
  // A beacon of plain text is no CORS request: the browser blocks its response by this policy alone.
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-expose-headers': 'ratelimit, ratelimit-policy, retry-after',
  vary: 'origin',
});

/**
 * Headers of the response to a preflight. The requested headers are allowed as they are, because tracing agents of the page add
 * their own to every request (`baggage`, `sentry-trace`, `x-datadog-…`) and one that is not allowed fails the whole request.
 */
export const preflightOf = (
  origin: string | undefined,
  requested: string | undefined,
): Record<string, string> => ({
  ...corsOf(origin),
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers':
    requested !== undefined && requested.length <= MAX_HEADER_LIST && HEADER_LIST.test(requested)
      ? requested
      : DEFAULT_HEADERS,
  'access-control-max-age': '86400',
  vary: 'origin, access-control-request-headers',
});
