import type { MergeCause } from '@baton/contracts';
import { keyOf, type Identifier, type IdentifierKind } from './identifier.js';
import { isRoleMailbox } from './role-mailbox.js';

/** Max profiles of one lead: more devices than that are not followed. */
export { MAX_PROFILES } from '@baton/contracts';
/** Max addresses, user ids and CRM ids of one lead: an id that was seen with more belongs to many people. */
export const MAX_NAMES = 10;
/** Max links stored of a profile: a device in a shop is seen with any number of people. */
export const MAX_LINKS = 50;

/** Kinds of identifiers that name a person; an anonymous id names a device, a phone number may be that of an office. */
const NAME_KINDS = ['email', 'user', 'crm'] as const satisfies readonly IdentifierKind[];
export type NameKind = (typeof NAME_KINDS)[number];

const isNameKind = (kind: IdentifierKind): kind is NameKind =>
  (NAME_KINDS as readonly string[]).includes(kind);

/**
 * What is known by one identifier, and moves as a whole when leads are merged and unmerged. A lead that began with this profile has
 * the same id.
 */
export interface Profile {
  readonly id: string;
  readonly leadId: string;
  /** The identifier, as a text to order by. */
  readonly key: string;
  /** Empty for a device or phone. Profiles of before there were profiles have several. */
  readonly names: readonly NameKind[];
  /** Used by several people: a device, a phone, or an address such as `info@`. */
  readonly shared: boolean;
}

/** A profile that begins with one identifier. `leadId` is empty while it belongs to no lead yet. */
export const newProfile = (id: string, identifier: Identifier, leadId = ''): Profile => ({
  id,
  leadId,
  key: keyOf(identifier),
  names: isNameKind(identifier.kind) ? [identifier.kind] : [],
  shared: isShared(identifier),
});

export const isShared = ({ kind, value }: Identifier): boolean =>
  kind === 'anonymous' || kind === 'phone' || (kind === 'email' && isRoleMailbox(value));

/** Two profiles that were named together, `one` < `other` by id. */
export interface Link {
  readonly one: string;
  readonly other: string;
  readonly cause: MergeCause;
  /** The earliest activity that named both, ms since 1970. */
  readonly at: number;
  /** Somebody said that these are two people. */
  readonly undone: boolean;
}

/** A link made by hand and one that was seen are two, so that undoing one leaves the other as it was. */
export const linkKey = ({ one, other, cause }: Pick<Link, 'one' | 'other' | 'cause'>): string =>
  cause === 'manual' ? `${one} ${other} manual` : `${one} ${other}`;

/** A link of two profiles in the order of their ids. */
export const linkOf = (one: string, other: string, cause: MergeCause, at: number): Link => {
  const [first, second] = one < other ? [one, other] : [other, one];
  return { one: first, other: second, cause, at, undone: false };
};
