/** `read`: requests that change nothing; `write`: everything that the role may do. */
export const SCOPES = ['read', 'write'] as const;
export type Scope = (typeof SCOPES)[number];

const READ_METHODS = new Set(['GET', 'HEAD']);

/** Routes that change nothing although they are POST: what they are asked is too private or too large for a URL. */
export const READ_ONLY_POSTS: ReadonlySet<string> = new Set([
  '/api/leads/search',
  '/api/leads/count',
  '/api/leads/export',
  '/api/attribution/evaluate',
  '/api/calendars/due',
  '/api/calendars/elapsed',
]);

/**
 * Whether a token of this scope may send the request.
 *
 * @param url path and query as they were sent. The path is compared undecoded: one written in another way is no known route.
 */
export const isInScope = (scope: Scope, method: string, url: string): boolean =>
  scope === 'write' ||
  READ_METHODS.has(method) ||
  (method === 'POST' && READ_ONLY_POSTS.has(url.split('?', 1)[0]!));
