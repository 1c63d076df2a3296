import { keyOf, type ActivityIdentifiers, type Identifier } from './identifier.js';

/** The lead that owns an identifier, and which kinds of names it has. */
export interface IdentifierOwner {
  readonly id: string;
  readonly hasEmail: boolean;
  readonly hasUser: boolean;
}

export type Resolution =
  /** No identifiers: the activity belongs to no lead. */
  | { readonly kind: 'unidentified' }
  | {
      readonly kind: 'existing';
      readonly leadId: string;
      /** Identifiers without an owner, to be owned by this lead. */
      readonly claims: readonly Identifier[];
      /** Unnamed leads that are the same person, to be merged into this lead. */
      readonly absorbed: readonly string[];
    }
  | { readonly kind: 'new'; readonly claims: readonly Identifier[] };

/** The owner of an identifier; of a merged lead the lead that it was merged into. */
type FindOwner = (identifier: Identifier) => IdentifierOwner | undefined;

/**
 * Decides which lead an activity belongs to: the owner of its strongest known identifier, in the order e-mail, user id, the id
 * that an alias replaces, anonymous id. Unknown identifiers become this lead's.
 *
 * - An anonymous id is a device, not a person: it does not connect a new e-mail address (or user id) to a lead that
 *   already has another one. Another person uses the device, and a new lead is created.
 * - An unnamed lead (anonymous ids only) is merged into the named lead that uses its device.
 * - Two named leads are never merged here: the stronger identifier decides, and both remain.
 */
export const resolve = (activity: ActivityIdentifiers, find: FindOwner): Resolution => {
  const { identifiers } = activity;
  const previous = previousOf(activity, find);
  const names = identifiers.filter(({ kind }) => kind !== 'anonymous');
  const device = identifiers.find(({ kind }) => kind === 'anonymous');
  const deviceOwner = device && find(device);

  const named = firstOwner(names, find) ?? previous?.owner;
  const lead = named ?? (deviceOwner && mayTakeNames(deviceOwner, names) ? deviceOwner : undefined);

  const claims = identifiers.filter((identifier) => !find(identifier));
  if (previous && !previous.owner && !claims.some((claim) => keyOf(claim) === keyOf(previous.identifier)))
    claims.push(previous.identifier);
  if (!lead) return claims.length > 0 ? { kind: 'new', claims } : { kind: 'unidentified' };
  return {
    kind: 'existing',
    leadId: lead.id,
    claims,
    absorbed: unnamed([previous?.owner, deviceOwner], lead),
  };
};

const NONE: readonly string[] = [];

/** The ids of those owners that are unnamed and not the lead itself, each once. */
const unnamed = (
  owners: readonly (IdentifierOwner | undefined)[],
  lead: IdentifierOwner,
): readonly string[] => {
  let ids = NONE;
  for (const owner of owners)
    if (owner && !owner.hasEmail && !owner.hasUser && owner.id !== lead.id && !ids.includes(owner.id))
      ids = [...ids, owner.id];
  return ids;
};

const firstOwner = (identifiers: readonly Identifier[], find: FindOwner): IdentifierOwner | undefined => {
  for (const identifier of identifiers) {
    const owner = find(identifier);
    if (owner) return owner;
  }
  return undefined;
};

/** None of the names, all without an owner, is of a kind that the owner of the device already has. */
const mayTakeNames = (owner: IdentifierOwner, names: readonly Identifier[]): boolean =>
  !names.some(({ kind }) => (kind === 'email' ? owner.hasEmail : owner.hasUser));

/** The id that an alias replaces, with its owner. Replaced ids are usually anonymous ids, so an unknown one is stored as such. */
const previousOf = (
  { previous }: ActivityIdentifiers,
  find: FindOwner,
): { identifier: Identifier; owner: IdentifierOwner | undefined } | undefined => {
  if (previous === undefined) return undefined;
  const user: Identifier = { kind: 'user', value: previous };
  const anonymous: Identifier = { kind: 'anonymous', value: previous };
  const owner = find(user);
  return owner ? { identifier: user, owner } : { identifier: anonymous, owner: find(anonymous) };
};
