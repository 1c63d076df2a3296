/**
 * Prefixes that are forwarded for callers without a session or token: links of notices and calls of Slack, which the service
 * authenticates by a token or signature of its own.
 */
export const OPEN_PREFIXES: readonly string[] = ['/api/verdict-link', '/api/slack'];

/** Whether a route of the router is one of those below an open prefix. */
export const isOpenRoute = (routeUrl: string | undefined): boolean =>
  OPEN_PREFIXES.some(
    (prefix) => routeUrl === `${prefix}/` || routeUrl === prefix || routeUrl === `${prefix}/*`,
  );
