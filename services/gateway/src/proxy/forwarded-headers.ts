type Headers = Readonly<Partial<Record<string, string | string[]>>>;

/** Request headers that services get. Others stop here: cookies, the forwarded address, hop-by-hop headers. */
const FORWARDED = [
  'accept',
  'accept-encoding',
  'accept-language',
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
  // Slack signs its calls.
  'x-slack-request-timestamp',
  'x-slack-signature',
];

/** Response headers that stop here: hop-by-hop headers (RFC 9110 7.6.1), and cookies, which only the gateway sets. */
const NOT_FORWARDED = new Set([
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

/** The headers a service gets: those of the caller that may pass, and the gateway's own. */
export const requestHeaders = (
  headers: Headers,
  {
    authorization,
    traceparent,
  }: { readonly authorization: string | undefined; readonly traceparent: string | undefined },
): Headers => {
  const known = FORWARDED.flatMap((name) =>
    headers[name] === undefined ? [] : [[name, headers[name]] as const],
  );
  return {
    ...Object.fromEntries(known),
    ...(authorization && { authorization }),
    ...(traceparent && { traceparent }),
  };
};

/** The headers the caller gets. */
export const responseHeaders = (headers: Headers): Headers => {
  const named = [headers['connection'] ?? []].flat().flatMap((list) => list.toLowerCase().split(/\s*,\s*/));
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !NOT_FORWARDED.has(name) && !named.includes(name)),
  );
};
