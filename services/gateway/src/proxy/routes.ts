/** The services behind the gateway. */
export const UPSTREAMS = ['ingestion', 'scoring', 'routing', 'reporting'] as const;
export type Upstream = (typeof UPSTREAMS)[number];

export interface ProxyRoute {
  /** Path below which every request is forwarded, without `/api`. */
  readonly prefix: string;
  readonly upstream: Upstream;
  /** Its response has no end: it takes one of the places for streams. */
  readonly streams?: boolean;
  /** Max bytes of a body; the limit of the gateway unless given. */
  readonly bodyLimit?: number;
}

/** Forwarded to one service each. The gateway answers the other paths below `/api` itself, but for definitions. */
export const PROXY_ROUTES: readonly ProxyRoute[] = [
  { prefix: '/api/leads', upstream: 'scoring' },
  { prefix: '/api/lead-views', upstream: 'scoring' },
  { prefix: '/api/accounts', upstream: 'scoring' },
  { prefix: '/api/duplicates', upstream: 'scoring' },
  { prefix: '/api/learning', upstream: 'scoring' },
  { prefix: '/api/backtests', upstream: 'scoring' },
  { prefix: '/api/shadow', upstream: 'scoring' },
  { prefix: '/api/erasures', upstream: 'scoring' },
  { prefix: '/api/handoffs', upstream: 'routing' },
  { prefix: '/api/persons', upstream: 'routing' },
  { prefix: '/api/sellers', upstream: 'routing' },
  { prefix: '/api/calendars', upstream: 'routing' },
  { prefix: '/api/teams', upstream: 'routing' },
  { prefix: '/api/routing', upstream: 'routing' },
  { prefix: '/api/deals', upstream: 'routing' },
  { prefix: '/api/agreement', upstream: 'routing' },
  { prefix: '/api/notices', upstream: 'routing' },
  { prefix: '/api/webhooks', upstream: 'routing' },
  { prefix: '/api/verdict-link', upstream: 'routing' },
  { prefix: '/api/slack', upstream: 'routing' },
  { prefix: '/api/reports', upstream: 'reporting' },
  { prefix: '/api/campaigns', upstream: 'reporting' },
  // 100,000 paths.
  { prefix: '/api/attribution', upstream: 'reporting', bodyLimit: 16 * 1024 * 1024 },
  { prefix: '/api/live', upstream: 'reporting', streams: true },
  { prefix: '/api/sources', upstream: 'ingestion' },
  { prefix: '/api/forms', upstream: 'ingestion' },
];

/** Forwarded to the service that owns the kind; the list itself is merged from all of them. */
export const DEFINITIONS_PREFIX = '/api/definitions';

/** Whether a path below `/api` is forwarded. */
export const isForwarded = (path: string): boolean =>
  [DEFINITIONS_PREFIX, ...PROXY_ROUTES.map(({ prefix }) => prefix)].some(
    (prefix) => path === prefix || path.startsWith(`${prefix}/`),
  );

/** The kind in a path below the definitions: `sla-policy` of `sla-policy`, `sla-policy-3` and `sla-policy-3/sign`. */
export const kindIn = (path: string): string => path.split('/', 1)[0]!.replace(/-\d{1,9}$/, '');
