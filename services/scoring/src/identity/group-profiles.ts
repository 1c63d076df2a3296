import { linkKey, MAX_NAMES, MAX_PROFILES, type Link, type NameKind, type Profile } from './profile.js';

export interface Grouping {
  /** The profiles of each person. */
  readonly groups: readonly (readonly Profile[])[];
  /** Keys of the links that are followed. */
  readonly followed: ReadonlySet<string>;
}

interface Group {
  readonly profiles: Profile[];
  readonly kinds: Set<NameKind>;
  names: number;
}

/**
 * Which profiles are one person: a function of profiles and links alone, so that neither the order of arrival nor merges that were
 * undone since leave a trace. Links are followed one after the other: first those made by hand, then those between names, then those
 * of shared devices, phones and mailboxes, each by the time of their earliest activity. A link is followed
 *
 * - by hand: always;
 * - between names of a person (address, user id, CRM id): while the person has no more than {@link MAX_NAMES};
 * - of a device, phone or shared mailbox: when it connects no two people who each have a name of the same kind, so that a device
 *   belongs to the person that it was first seen with;
 * - and never between two profiles that somebody said are two people, or beyond {@link MAX_PROFILES}.
 *
 * Both ends of every link are among the profiles.
 */
export const groupProfiles = (profiles: readonly Profile[], links: readonly Link[]): Grouping => {
  const byId = new Map(profiles.map((profile) => [profile.id, profile]));
  const groupOf = new Map<string, Group>(profiles.map((profile) => [profile.id, newGroup(profile)]));
  const separated = links.filter(({ undone, cause }) => undone && cause !== 'manual');
  const followed = new Set<string>();
  const rankOf = ({ cause, one, other }: Link): number =>
    cause === 'manual' ? 0 : byId.get(one)!.shared || byId.get(other)!.shared ? 2 : 1;

  /** Links of one instant are ordered by their identifiers, because ids of profiles depend on the order of arrival. */
  const keyOfEnds = ({ one, other }: Link): string =>
    [byId.get(one)!.key, byId.get(other)!.key].sort().join(' ');
  const byTime = (a: Link, b: Link): number => a.at - b.at || (keyOfEnds(a) < keyOfEnds(b) ? -1 : 1);

  const mayFollow = (link: Link, one: Group, other: Group): boolean => {
    if (one.profiles.length + other.profiles.length > MAX_PROFILES) return false;
    const rank = rankOf(link);
    if (rank === 0) return true;
    if (separated.some((pair) => crosses(pair, one, other, groupOf))) return false;
    return rank === 1 ? one.names + other.names <= MAX_NAMES : isDisjoint(one.kinds, other.kinds);
  };

  const candidates = links.filter(({ undone }) => !undone);
  for (const link of candidates.toSorted((a, b) => rankOf(a) - rankOf(b) || byTime(a, b))) {
    const one = groupOf.get(link.one)!;
    const other = groupOf.get(link.other)!;
    if (one !== other) {
      if (!mayFollow(link, one, other)) continue;
      join(one, other, groupOf);
    }
    followed.add(linkKey(link));
  }
  return { groups: [...new Set(groupOf.values())].map(({ profiles }) => profiles), followed };
};

const newGroup = (profile: Profile): Group => ({
  profiles: [profile],
  kinds: new Set(profile.names),
  names: profile.names.length,
});

const join = (one: Group, other: Group, groupOf: Map<string, Group>): void => {
  const [large, small] = one.profiles.length >= other.profiles.length ? [one, other] : [other, one];
  for (const profile of small.profiles) {
    large.profiles.push(profile);
    groupOf.set(profile.id, large);
  }
  for (const kind of small.kinds) large.kinds.add(kind);
  large.names += small.names;
};

const crosses = (
  { one, other }: Link,
  first: Group,
  second: Group,
  groupOf: ReadonlyMap<string, Group>,
): boolean => {
  const [a, b] = [groupOf.get(one), groupOf.get(other)];
  return (a === first && b === second) || (a === second && b === first);
};

const isDisjoint = (one: ReadonlySet<NameKind>, other: ReadonlySet<NameKind>): boolean =>
  ![...one].some((kind) => other.has(kind));
