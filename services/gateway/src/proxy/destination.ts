/** The services behind the gateway. */
export type Upstream = 'ingestion' | 'scoring' | 'routing' | 'reporting';

const PREFIXES: readonly (readonly [string, Upstream])[] = [
  ['/api/leads', 'scoring'],
  ['/api/definitions', 'scoring'],
  ['/api/handoffs', 'routing'],
  ['/api/sellers', 'routing'],
  ['/api/reports', 'reporting'],
  ['/api/live', 'reporting'],
  ['/api/dead-letters', 'reporting'],
  ['/api/sources', 'ingestion'],
  ['/api/forms', 'ingestion'],
];
/** Definitions whose name begins so are routing's. */
const POLICIES = /^\/api\/definitions\/sla-policy(-|\/|$)/;

/** Which service answers a path (without query); undefined where the gateway answers itself. */
export const destinationOf = (path: string): Upstream | undefined => {
  if (POLICIES.test(path)) return 'routing';
  return PREFIXES.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))?.[1];
};

/** The prefixes that are passed on. */
export const PASSED_ON: readonly string[] = PREFIXES.map(([prefix]) => prefix);
