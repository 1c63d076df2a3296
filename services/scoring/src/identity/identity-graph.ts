import type { MergeCause } from '@baton/contracts';
import { groupProfiles, type Grouping } from './group-profiles.js';
import { linkKey, linkOf, MAX_LINKS, MAX_PROFILES, type Link, type Profile } from './profile.js';

/** Some leads with those that their links lead to, and so on, all profiles of them, and all links of those. */
export interface Neighbourhood {
  readonly seeds: readonly string[];
  /** The seeds and their neighbours. */
  readonly leadIds: readonly string[];
  readonly profiles: readonly Profile[];
  readonly links: readonly Link[];
}

/** A link to save: new, or seen by an earlier activity than before. */
export type LinkToSave = Omit<Link, 'undone'>;

/** Profiles and links of the leads that a batch may join or divide, as of the activity being applied. */
export class IdentityGraph {
  private readonly profiles: Map<string, Profile>;
  private readonly links: Map<string, Link>;
  private readonly covered: Set<string>;
  private readonly complete: Set<string>;
  private readonly degree = new Map<string, number>();
  private readonly toSave = new Map<string, LinkToSave>();

  constructor({ seeds, leadIds, profiles, links }: Neighbourhood) {
    this.covered = new Set(seeds);
    this.complete = new Set(leadIds);
    this.profiles = new Map(profiles.map((profile) => [profile.id, profile]));
    this.links = new Map();
    for (const link of links) this.put(link);
  }

  /** Whether all that a link of this lead can change is known here. */
  covers(leadId: string): boolean {
    return this.covered.has(leadId);
  }

  profile(id: string): Profile | undefined {
    return this.profiles.get(id);
  }

  cover(leadId: string): void {
    this.covered.add(leadId);
    this.complete.add(leadId);
  }

  add(profile: Profile): void {
    this.profiles.set(profile.id, profile);
  }

  profilesOf(leadId: string): Profile[] {
    return [...this.profiles.values()].filter((profile) => profile.leadId === leadId);
  }

  /** Records that an activity named both; whether that can change who is one person. */
  observe(one: string, other: string, cause: MergeCause, at: number): boolean {
    const link = linkOf(one, other, cause, at);
    const known = this.links.get(linkKey(link));
    if (!known && (this.isFull(one) || this.isFull(other))) return false;
    // A merge by hand is followed again, whenever it was undone.
    if (known && cause !== 'manual' && known.at <= at) return false;
    const undone = cause !== 'manual' && known?.undone === true;
    this.put({ ...link, cause: known?.cause ?? cause, at: Math.min(at, known?.at ?? at), undone });
    this.toSave.set(linkKey(link), { ...link, cause: known?.cause ?? cause });
    return true;
  }

  /** Stops following a link, and keeps its ends apart if an activity showed it. */
  undo(link: Pick<Link, 'one' | 'other' | 'cause'>): void {
    const known = this.links.get(linkKey(link));
    if (known) this.links.set(linkKey(link), { ...known, undone: true });
  }

  group(): Grouping {
    const profiles = [...this.profiles.values()].filter(
      ({ leadId }) => leadId === '' || this.complete.has(leadId),
    );
    const ids = new Set(profiles.map(({ id }) => id));
    const links = [...this.links.values()].filter(({ one, other }) => ids.has(one) && ids.has(other));
    return groupProfiles(profiles, links);
  }

  /** Whether a link of one of these profiles is not in `followed`. */
  isContested(profiles: readonly Profile[], followed: ReadonlySet<string>): boolean {
    const ids = new Set(profiles.map(({ id }) => id));
    for (const [key, { one, other }] of this.links)
      if ((ids.has(one) || ids.has(other)) && !followed.has(key)) return true;
    return false;
  }

  /** The cause of the link that joins two sets of profiles. */
  causeBetween(
    one: ReadonlySet<string>,
    other: ReadonlySet<string>,
    followed: ReadonlySet<string>,
  ): MergeCause {
    for (const key of followed) {
      const link = this.links.get(key)!;
      if ((one.has(link.one) && other.has(link.other)) || (one.has(link.other) && other.has(link.one)))
        return link.cause;
    }
    return 'identify';
  }

  linksToSave(): LinkToSave[] {
    return [...this.toSave.values()];
  }

  private isFull(profileId: string): boolean {
    const max = this.profiles.get(profileId)?.shared ? MAX_LINKS : MAX_PROFILES;
    return (this.degree.get(profileId) ?? 0) >= max;
  }

  private put(link: Link): void {
    const key = linkKey(link);
    if (!this.links.has(key))
      for (const id of [link.one, link.other]) this.degree.set(id, (this.degree.get(id) ?? 0) + 1);
    this.links.set(key, link);
  }
}
