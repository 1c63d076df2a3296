import { keyOf, type Identifier, type Naming } from './identifier.js';

/** Whose identifier it is, as far as it is known: the lead and what names it has. */
export interface Party {
  readonly id: string;
  readonly hasEmail: boolean;
  readonly hasUser: boolean;
}

export type Resolution =
  /** Nothing that identifies anybody: the activity belongs to no lead. */
  | { readonly who: 'nobody' }
  | {
      readonly who: 'known';
      readonly leadId: string;
      /** Names that are new and are this lead's from now on. */
      readonly links: readonly Identifier[];
      /** Unnamed leads that turned out to be this person: their identifiers are this lead's from now on. */
      readonly followers: readonly string[];
    }
  | { readonly who: 'new'; readonly links: readonly Identifier[] };

type Find = (identifier: Identifier) => Party | undefined;

/**
 * Who does an activity belong to? The strongest identifier that is known decides: e-mail before user id before the id that an
 * alias replaces before anonymous id. Names not known yet become this lead's.
 *
 * - An anonymous id is a device, not a person: it does not join a new e-mail (or user id) to a lead that already has
 *   another one; somebody else is using the device, and a new lead begins.
 * - An anonymous id whose lead has no name follows the named person who uses it.
 * - Where two named leads meet, the stronger identifier decides and both stay: joining histories is a decision of its own.
 */
export const resolve = (naming: Naming, find: Find): Resolution => {
  const { identifiers } = naming;
  const previous = previousOf(naming, find);
  const names = identifiers.filter(({ kind }) => kind !== 'anonymous');
  const device = identifiers.find(({ kind }) => kind === 'anonymous');
  const onDevice = device && find(device);

  const named = first(names, find) ?? previous?.party;
  const lead = named ?? (onDevice && mayTakeNames(onDevice, names) ? onDevice : undefined);

  const links = identifiers.filter((identifier) => !find(identifier));
  if (previous && !previous.party && !links.some((link) => keyOf(link) === keyOf(previous.identifier)))
    links.push(previous.identifier);
  if (!lead) return links.length > 0 ? { who: 'new', links } : { who: 'nobody' };

  const met = [previous?.party, onDevice].filter((party) => party !== undefined && isUnnamed(party));
  const followers = [...new Set(met.map((party) => party!.id))].filter((id) => id !== lead.id);
  return { who: 'known', leadId: lead.id, links, followers };
};

const isUnnamed = (party: Party): boolean => !party.hasEmail && !party.hasUser;

const first = (identifiers: readonly Identifier[], find: Find): Party | undefined => {
  for (const identifier of identifiers) {
    const party = find(identifier);
    if (party) return party;
  }
  return undefined;
};

/** None of the names, all of them new, is of a kind that the device's lead already has. */
const mayTakeNames = (party: Party, names: readonly Identifier[]): boolean =>
  !names.some(({ kind }) => (kind === 'email' ? party.hasEmail : party.hasUser));

/** An alias says outright that both ids are one person. The old one is usually a device's, so unknown it is kept as one. */
const previousOf = (
  { previous }: Naming,
  find: Find,
): { identifier: Identifier; party: Party | undefined } | undefined => {
  if (previous === undefined) return undefined;
  const user: Identifier = { kind: 'user', value: previous };
  const anonymous: Identifier = { kind: 'anonymous', value: previous };
  const party = find(user);
  return party ? { identifier: user, party } : { identifier: anonymous, party: find(anonymous) };
};
