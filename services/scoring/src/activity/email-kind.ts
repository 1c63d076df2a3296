import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import providers from 'email-providers';
import type { EmailKind } from '../model/scoring-model.js';

const DISPOSABLE = disposableEmailBlocklistSet();

/** Free mail providers, whose addresses say nothing about a company: the list of the package, and those it lacks. */
const FREE = new Set([
  ...providers,
  ...[
    'aon.at',
    'azet.sk',
    'bbox.fr',
    'citromail.hu',
    'duck.com',
    'fastmail.com',
    'gmx.ch',
    'gmx.es',
    'gmx.eu',
  ],
  ...['hispeed.ch', 'kakao.com', 'mail.de', 'mailfence.com', 'op.pl', 'posteo.de', 'proton.ch', 'tlen.pl'],
  ...['tuta.com', 'tuta.io', 'tutanota.com', 'tutanota.de', 'xs4all.nl', 'ziggo.nl'],
]);
// In the list, although it is reserved for documentation (RFC 2606).
FREE.delete('example.com');
// Half of the list are providers of disposable addresses too, and those are checked first.
for (const domain of DISPOSABLE) FREE.delete(domain);

/** Academic second-level domains; `.edu` also alone. */
const EDUCATION = /\.edu(\.[a-z]{2})?$|\.ac\.[a-z]{2}$/;

/** Whether a domain is below a provider of disposable addresses: many give each visitor another subdomain. */
const isDisposable = (domain: string): boolean => {
  for (let at = -1; ;) {
    if (DISPOSABLE.has(domain.slice(at + 1))) return true;
    at = domain.indexOf('.', at + 1);
    if (at < 0) return false;
  }
};

/**
 * Classifies a lower-case mail domain. Disposable ones are found with their subdomains. Free ones are not: the list has public suffixes
 * such as `com.ar`, and companies have subdomains of those.
 */
export const emailKindOf = (domain: string): EmailKind => {
  if (isDisposable(domain)) return 'disposable';
  if (EDUCATION.test(`.${domain}`)) return 'education';
  return FREE.has(domain) ? 'free' : 'business';
};
