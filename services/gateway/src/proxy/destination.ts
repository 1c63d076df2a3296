/** The services behind the gateway. */
export type Upstream = 'ingestion' | 'scoring' | 'routing' | 'reporting';

export interface Passage {
  /** Path below which all is passed on. */
  readonly prefix: string;
  readonly upstream: Upstream;
  /** Of the prefix itself the gateway answers reads: it is a list merged from several services. */
  readonly merged?: boolean;
}

/** What is passed on, `/api` taken off. Anything else below `/api` the gateway answers itself. */
export const PASSAGES: readonly Passage[] = [
  { prefix: '/api/leads', upstream: 'scoring' },
  { prefix: '/api/definitions', upstream: 'scoring', merged: true },
  { prefix: '/api/handoffs', upstream: 'routing' },
  { prefix: '/api/sellers', upstream: 'routing' },
  { prefix: '/api/reports', upstream: 'reporting' },
  { prefix: '/api/live', upstream: 'reporting' },
  { prefix: '/api/sources', upstream: 'ingestion' },
  { prefix: '/api/forms', upstream: 'ingestion' },
];

const POLICY = /^sla-policy(-\d+)?(\/|$)/;

/** Which service answers a path below a passage; definitions are known by the kind their name begins with. */
export const upstreamOf = ({ prefix, upstream }: Passage, rest: string): Upstream =>
  prefix === '/api/definitions' && POLICY.test(rest) ? 'routing' : upstream;
