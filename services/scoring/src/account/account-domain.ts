import { getDomain } from 'tldts';
import { emailKindOf } from '../activity/email-kind.js';
import type { Traits } from '../score/score.js';

/**
 * The domain that the account of a mail domain is known by: the registrable one, so that subdomains of a company are one account. Domains
 * below the suffix of a registry (`engines.uk.com`) or host are accounts of their own. Null for mail domains that say nothing about a
 * company: free, disposable and educational ones, and what cannot be registered.
 */
export const accountDomainOf = ({ emailDomain, emailKind }: Traits): string | null => {
  if (emailKind !== 'business' || typeof emailDomain !== 'string') return null;
  const domain = getDomain(emailDomain, { allowPrivateDomains: true }) ?? getDomain(emailDomain);
  // Free ones are known without their subdomains.
  return domain !== null && emailKindOf(domain) === 'business' ? domain : null;
};
