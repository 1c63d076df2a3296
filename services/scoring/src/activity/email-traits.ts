import { domainOf, isRoleMailbox } from '../identity/role-mailbox.js';
import type { EmailKind } from '../model/scoring-model.js';
import { emailKindOf } from './email-kind.js';

/** Facts about an address that definitions can use; never taken from the sender. */
export interface EmailTraits {
  readonly emailDomain: string;
  readonly emailKind: EmailKind;
  /** The mailbox of a role or team, such as `info@`, not of a person. */
  readonly emailRole: boolean;
}

/** The traits derived from a normalised address. */
export const emailTraitsOf = (email: string): EmailTraits => {
  const domain = domainOf(email);
  return { emailDomain: domain, emailKind: emailKindOf(domain), emailRole: isRoleMailbox(email) };
};
