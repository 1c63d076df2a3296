import { memoized } from '@baton/contracts';

/** The write key of a request: user name of the Basic login, else `writeKey` in the body, else in the query. */
export const writeKeyOf = (
  authorization: string | undefined,
  body: unknown,
  query: unknown,
): string | undefined => basicUser(authorization) ?? text(body, 'writeKey') ?? text(query, 'writeKey');

const decodedUser = memoized((authorization) => {
  const encoded = /^Basic +([A-Za-z0-9+/_=-]+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  try {
    return atob(encoded.replaceAll('-', '+').replaceAll('_', '/')).split(':', 1)[0] || undefined;
  } catch {
    return undefined;
  }
});

const basicUser = (authorization: string | undefined): string | undefined =>
  authorization === undefined ? undefined : decodedUser(authorization);

const text = (json: unknown, field: string): string | undefined => {
  const value =
    typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[field] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
};
