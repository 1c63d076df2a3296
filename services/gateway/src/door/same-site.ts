import type { IncomingHttpHeaders } from 'node:http';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that may ride on a session cookie was sent by a page of ours. Browsers say where a request comes from
 * and scripts cannot forge it; a program that is no browser says nothing and carries no stolen cookie.
 */
export const isSameSite = (method: string, headers: IncomingHttpHeaders): boolean => {
  if (READING.has(method)) return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin, host } = headers;
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
};
