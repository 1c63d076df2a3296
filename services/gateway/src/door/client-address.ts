import type { FastifyRequest } from 'fastify';

/**
 * Where a request comes from. Behind `proxies` reverse proxies of our own it is what the outermost of them saw: the entry so far from
 * the right in X-Forwarded-For; what stands left of it the caller may have made up.
 */
export const addressOf = (
  { ip, headers }: Pick<FastifyRequest, 'ip' | 'headers'>,
  proxies: number,
): string => {
  if (proxies === 0) return ip;
  const seen = [headers['x-forwarded-for'] ?? []].flat().flatMap((list) => list.split(/\s*,\s*/));
  return seen.at(-proxies) ?? ip;
};
