const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

interface Headers {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly 'sec-fetch-site'?: string | string[] | undefined;
}

/**
 * Whether a request with a session cookie was sent by a page of this site. Browsers name the origin of a request and scripts
 * cannot forge it; a program that is no browser sends neither header and carries no stolen cookie.
 */
export const isSameSite = (method: string, headers: Headers): boolean => {
  if (READING.has(method)) return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin, host } = headers;
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
};
