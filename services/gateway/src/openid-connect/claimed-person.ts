import { normalEmail } from '../user/email-address.js';
import type { LoginRefusal } from './login-refusal.js';

const MAX_NAME = 256;
const MAX_EMAIL = 320;
const MAX_SUBJECT = 255;
const EMAIL = /^[^\s@<>"]+@[^\s@<>"]+$/;
// Control and format characters, among them those that reverse the direction of text.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

export type Claims = Readonly<Record<string, unknown>>;

export interface ClaimRules {
  readonly roleClaim: string;
  /** Roles by value of the claim, in their order of precedence. */
  readonly roles: readonly (readonly [value: string, role: string])[];
  readonly emailVerified: 'required' | 'assumed';
}

/** A user as the provider describes them. */
export interface ClaimedPerson {
  readonly subject: string;
  /** Trimmed, lower case. */
  readonly email: string;
  /** Whether the provider itself says so, whatever is assumed: only such an address is linked to an existing account. */
  readonly vouched: boolean;
  readonly name: string;
  /** Undefined when no value of the claim has a role. */
  readonly role: string | undefined;
}

/** What verified claims say about a user, or why they do not suffice. */
export const claimedPerson = (claims: Claims, rules: ClaimRules): ClaimedPerson | LoginRefusal => {
  const { sub, email, email_verified: verified, name } = claims;
  if (typeof sub !== 'string' || sub === '' || sub.length > MAX_SUBJECT) return 'invalid';
  if (typeof email !== 'string' || email.length > MAX_EMAIL || !EMAIL.test(email.trim())) return 'email';
  const vouched = verified === true;
  // A provider that says false is believed, whatever is assumed of its silence.
  if (!vouched && (rules.emailVerified === 'required' || verified !== undefined)) return 'email';
  const address = normalEmail(email);
  return {
    subject: sub,
    email: address,
    vouched,
    name: displayName(name) || displayName(address.split('@', 1)[0]) || address,
    role: roleOf(claims[rules.roleClaim], rules.roles),
  };
};

const roleOf = (claim: unknown, roles: ClaimRules['roles']): string | undefined => {
  const values = new Set<unknown>(Array.isArray(claim) ? claim : [claim]);
  return roles.find(([value]) => values.has(value))?.[1];
};

/** One line of visible text; empty for anything that is no text. */
const displayName = (name: unknown): string => {
  if (typeof name !== 'string') return '';
  const visible = name
    .slice(0, 4 * MAX_NAME)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(INVISIBLE, '')
    .trim();
  return Array.from(visible).slice(0, MAX_NAME).join('').trim();
};
