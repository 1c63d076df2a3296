import { parse } from 'tldts';

/** `https://www.engines.example`, `https://*.engines.example:8443`. A last slash is tolerated, since address bars show one. */
const ALLOWED = /^(https?):\/\/(\*\.)?([^\s*/?#@\\]+)\/?$/i;

/**
 * An origin as the list of a key has it, in the spelling that browsers send (lower case, Punycode, no usual port); undefined for a
 * text that is none, and for subdomains of a suffix under which anybody may register (`https://*.co.uk`, `https://*.github.io`).
 */
export const allowedOriginIn = (text: string): string | undefined => {
  const [, scheme, star, host] = ALLOWED.exec(text.trim()) ?? [];
  const url = `${scheme}://${host}`;
  if (host === undefined || !URL.canParse(url)) return undefined;
  const { protocol, host: canonical, hostname } = new URL(url);
  // Written as %2A, which the URL decodes.
  if (canonical.includes('*')) return undefined;
  if (star === undefined) return `${protocol}//${canonical}`;
  return parse(hostname, { allowPrivateDomains: true }).domain === null
    ? undefined
    : `${protocol}//*.${canonical}`;
};

/** The page that a browser sends from. `hidden`: it does not say which, as for sandboxed frames and local files. */
export type SendingPage = { readonly origin: string } | 'hidden' | 'none';

/** The page of a request: its `Origin`; without one (GET, some beacons) the origin of its `Referer`; `none` for most programs. */
export const sendingPageOf = (headers: {
  origin?: string | undefined;
  referer?: string | undefined;
}): SendingPage => {
  if (headers.origin) return pageAt(headers.origin) ?? 'hidden';
  return (headers.referer && pageAt(headers.referer)) || 'none';
};

const pageAt = (address: string): { readonly origin: string } | undefined => {
  if (!URL.canParse(address)) return undefined;
  const { protocol, origin } = new URL(address);
  return /^https?:$/.test(protocol) ? { origin } : undefined;
};

/** Whether the list names the page; an empty list allows any sender. Subdomains are those at any depth, and not the domain itself. */
export const allowsPage = (allowed: readonly string[], page: SendingPage): boolean =>
  allowed.length === 0 || (typeof page === 'object' && allowed.some((entry) => matches(entry, page.origin)));

const matches = (entry: string, origin: string): boolean => {
  const star = entry.indexOf('*');
  if (star < 0) return entry === origin;
  return (
    origin.length >= entry.length &&
    origin.startsWith(entry.slice(0, star)) &&
    origin.endsWith(entry.slice(star + 1))
  );
};
