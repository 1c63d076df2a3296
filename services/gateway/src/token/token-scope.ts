/** `read`: requests that change nothing; `write`: everything that the role may do. */
export const SCOPES = ['read', 'write'] as const;
export type Scope = (typeof SCOPES)[number];

const READ_METHODS = new Set(['GET', 'HEAD']);

/** Routes that change nothing although they are POST: their query holds names and addresses, which must not be part of a URL. */
export const READ_ONLY_POSTS: ReadonlySet<string> = new Set([
  '/api/leads/search',
  '/api/attribution/evaluate',
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
