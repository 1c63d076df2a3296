import { parse } from 'tldts';
import { SOURCES, SUBDOMAINS, type Category } from './known-origins.js';

export interface Site {
  /** Without `www.`, in lower case and Punycode. */
  readonly host: string;
  /** The registrable domain, below the suffixes of hosting providers, too (`one.github.io`); the host if it has none, such as an IP address. */
  readonly domain: string;
  /** Undefined: not a known source. */
  readonly category: Category | undefined;
}

/** Max characters of a host name (RFC 1035); with user name and port an address may have more. */
const MAX_HOST = 253;
const MAX_AUTHORITY = 512;
const MAX_SCHEME = 32;
const NAME_LENGTH = 4;

const CATEGORY = new Map<string, Category>();
for (const [category, entries] of Object.entries(SOURCES) as [Category, readonly string[]][])
  for (const entry of entries) {
    CATEGORY.set(entry, category);
    const name = /^([^.*]+)\.(\*|[^.]+)$/.exec(entry)?.[1];
    if (name !== undefined && name.length >= NAME_LENGTH) CATEGORY.set(name, category);
  }
const CATEGORY_OF_LABEL = new Map(
  Object.entries(SUBDOMAINS).flatMap(([category, labels]) =>
    labels.map((label) => [label, category as Category] as const),
  ),
);

/** The category of a name in `utm_source` or of the id of an Android app, in lower case. */
export const categoryOfName = (name: string): Category | undefined => CATEGORY.get(name);

/** Scheme and host of an address as they are written, such as `https://www.engines.example:8080`; empty for a text without them. */
export const startOf = (address: string): string => {
  const from = address.indexOf('//') + 2;
  if (from < 2 || from > MAX_SCHEME) return '';
  const last = Math.min(address.length, from + MAX_AUTHORITY);
  let to = from;
  while (to < last && !isEnd(address.charCodeAt(to))) to += 1;
  return address.slice(0, to);
};

// A loop over codes takes half the time of an expression, and it runs for each event.
const isEnd = (code: number): boolean =>
  code === 0x2f /* / */ || code === 0x3f /* ? */ || code === 0x23 /* # */ || code === 0x5c; /* \ */

/** The site of a start ({@link startOf}) with `http(s)`, with the id of an Android app or without a scheme; undefined for every other. */
export const siteOf = (start: string): Site | undefined => {
  const [, scheme, authority = ''] = /^\s*([^/]*)\/\/(.+)$/.exec(start.toLowerCase()) ?? [];
  switch (scheme) {
    case 'android-app:':
      return { host: authority, domain: authority, category: categoryOfName(authority) ?? 'referral' };
    case 'http:':
    case 'https:':
    case '':
      return siteOfAuthority(authority);
    default:
      return undefined;
  }
};

const siteOfAuthority = (authority: string): Site | undefined => {
  const host = hostOf(`http://${authority}`);
  if (host === undefined) return undefined;
  const { domain, isIcann, publicSuffix } = parse(host, {
    allowPrivateDomains: true,
    extractHostname: false,
  });
  const site = domain ?? host;
  return { host, domain: site, category: categoryOfHost(host, site, isIcann ? publicSuffix : null) };
};

/** Through `URL`, because it knows ports, user names, Punycode and every spelling of an IP address. */
const hostOf = (address: string): string | undefined => {
  try {
    const host = new URL(address).hostname.replace(/^www\.(?=.+\.)|\.$/g, '');
    return host === '' || host.length > MAX_HOST ? undefined : host;
  } catch {
    return undefined;
  }
};

/** The entry of the host, else what its first label says, else the entry of the domains above it. */
const categoryOfHost = (host: string, domain: string, suffix: string | null): Category | undefined => {
  // Only `.com` and the suffixes of countries: anybody can register `google.` below the others.
  const isCountry = suffix !== null && /^com$|(^|\.)[a-z]{2}$/.test(suffix);
  const entry = (name: string): Category | undefined =>
    CATEGORY.get(name) ??
    (isCountry ? CATEGORY.get(`${name.slice(0, name.length - suffix.length)}*`) : undefined);
  const own = entry(host) ?? (host === domain ? undefined : CATEGORY_OF_LABEL.get(labelOf(host)));
  if (own !== undefined) return own;
  for (let name = parentOf(host); name.includes('.'); name = parentOf(name)) {
    const category = (name === domain ? entry(`*.${domain}`) : undefined) ?? entry(name);
    if (category !== undefined) return category;
  }
  return undefined;
};

const labelOf = (host: string): string => host.slice(0, host.indexOf('.'));
const parentOf = (host: string): string => host.slice(host.indexOf('.') + 1);
