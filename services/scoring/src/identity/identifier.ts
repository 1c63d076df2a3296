import { emailAddressOf, isPlaceholderId, type Identifiers } from '@baton/contracts';
import { isRoleMailbox } from './role-mailbox.js';

/** What a person can be known by, strongest first. */
export const IDENTIFIER_KINDS = ['email', 'user', 'crm', 'phone', 'anonymous'] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** A normalised identifier, as it is compared and stored. */
export interface Identifier {
  readonly kind: IdentifierKind;
  readonly value: string;
}

/** The identifiers of one activity. */
export interface ActivityIdentifiers {
  /** Strongest first: address of a person, user id, CRM id, mailbox such as `info@`, phone number, anonymous id. */
  readonly identifiers: readonly Identifier[];
  /** Of `alias`: the id that the user id replaces, which may be a user id or an anonymous id. */
  readonly previous?: string;
}

const idOf = (id: string | undefined): string | undefined =>
  id === undefined || isPlaceholderId(id) ? undefined : id.trim();

/** A normalised address; undefined when it is not one. */
export const emailOf = (email: string | undefined): string | undefined =>
  email === undefined ? undefined : emailAddressOf(email);

/** The identifiers of an activity without placeholders, so possibly none. */
export const activityIdentifiersOf = (sent: Identifiers): ActivityIdentifiers => {
  const identifiers: Identifier[] = [];
  const email = emailOf(sent.email);
  const user = idOf(sent.userId);
  const crm = idOf(sent.crmId);
  const phone = idOf(sent.phone);
  const anonymous = idOf(sent.anonymousId);
  const previous = idOf(sent.previousId);
  const isPersonal = email !== undefined && !isRoleMailbox(email);
  if (email && isPersonal) identifiers.push({ kind: 'email', value: email });
  if (user) identifiers.push({ kind: 'user', value: user });
  if (crm) identifiers.push({ kind: 'crm', value: crm });
  if (email && !isPersonal) identifiers.push({ kind: 'email', value: email });
  if (phone) identifiers.push({ kind: 'phone', value: phone });
  if (anonymous) identifiers.push({ kind: 'anonymous', value: anonymous });
  return previous && previous !== user ? { identifiers, previous } : { identifiers };
};

/** Key of an identifier in maps; ids of different kinds never match. */
export const keyOf = ({ kind, value }: Identifier): string => `${kind}:${value}`;

/** All identifiers to look up for an activity; a previous id may be of either kind. */
export const identifiersToLookUp = ({ identifiers, previous }: ActivityIdentifiers): readonly Identifier[] =>
  previous === undefined
    ? identifiers
    : [...identifiers, { kind: 'user', value: previous }, { kind: 'anonymous', value: previous }];
