import mailboxes from 'role-based-email-addresses';
import { domainOf } from '../identity/identifier.js';
import type { EmailKind } from '../model/scoring-model.js';
import { emailKindOf } from './email-kind.js';

/** Facts about an address that definitions can use; never taken from the sender. */
export interface EmailTraits {
  readonly emailDomain: string;
  readonly emailKind: EmailKind;
  /** The mailbox of a role or team, such as `info@`, not of a person. */
  readonly emailRole: boolean;
}

const ROLES = new Set(mailboxes);
// In the list, although people have these names too.
for (const name of ['alexa', 'gardner', 'india', 'paris']) ROLES.delete(name);

/** The traits derived from a normalised address. */
export const emailTraitsOf = (email: string): EmailTraits => {
  const domain = domainOf(email);
  const mailbox = email.slice(0, -domain.length - 1).replace(/\+.*$/, '');
  return { emailDomain: domain, emailKind: emailKindOf(domain), emailRole: ROLES.has(mailbox) };
};
