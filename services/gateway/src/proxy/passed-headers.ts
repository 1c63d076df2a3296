import type { IncomingHttpHeaders } from 'node:http';

/** What a service may know of a request. All else stays here: cookies, what the caller says of its address, hop-by-hop headers. */
const REQUEST = [
  'accept',
  'accept-encoding',
  'accept-language',
  'authorization',
  'content-encoding',
  'content-length',
  'content-type',
  'host',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'last-event-id',
  'traceparent',
  'tracestate',
  'user-agent',
];

/** What an answer must not carry on: hop-by-hop headers (RFC 9110 7.6.1), and cookies, which only the gateway sets. */
const KEPT_BACK = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The headers a service gets. `authorization` must be the gateway's own by now. */
export const requestHeaders = (
  headers: IncomingHttpHeaders,
  traceparent: string | undefined,
): IncomingHttpHeaders => {
  const known = REQUEST.flatMap((name) =>
    headers[name] === undefined ? [] : [[name, headers[name]] as const],
  );
  return { ...Object.fromEntries(known), ...(traceparent && { traceparent }) };
};

/** The headers the caller gets. */
export const answerHeaders = (headers: IncomingHttpHeaders): IncomingHttpHeaders => {
  const named = [headers.connection ?? []].flat().flatMap((list) => list.toLowerCase().split(/\s*,\s*/));
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !KEPT_BACK.has(name) && !named.includes(name)),
  );
};
