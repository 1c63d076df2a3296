/** The write key of a request: user name of the Basic login, else `writeKey` in the body, else in the query. */
export const writeKeyOf = (
  authorization: string | undefined,
  body: unknown,
  query: unknown,
): string | undefined => basicUser(authorization) ?? text(body, 'writeKey') ?? text(query, 'writeKey');

// The same few logins come with every request, and decoding one costs more than everything else here.
const MAX_REMEMBERED = 1_000;
const remembered = new Map<string, string | undefined>();

const basicUser = (authorization: string | undefined): string | undefined => {
  if (authorization === undefined) return undefined;
  if (remembered.has(authorization)) return remembered.get(authorization);
  const user = decoded(authorization);
  if (remembered.size < MAX_REMEMBERED && authorization.length <= 256) remembered.set(authorization, user);
  return user;
};

const decoded = (authorization: string): string | undefined => {
  const encoded = /^Basic +([A-Za-z0-9+/_=-]+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  try {
    return atob(encoded.replaceAll('-', '+').replaceAll('_', '/')).split(':', 1)[0] || undefined;
  } catch {
    return undefined;
  }
};

const text = (json: unknown, field: string): string | undefined => {
  const value =
    typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[field] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
};
