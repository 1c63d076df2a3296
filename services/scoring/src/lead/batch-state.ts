import type { MergeCause } from '@baton/contracts';
import { keyOf, type Identifier } from '../identity/identifier.js';
import { IdentityGraph, type LinkToSave, type Neighbourhood } from '../identity/identity-graph.js';
import { newProfile, type Profile } from '../identity/profile.js';
import type { Activity } from '../activity/activity.js';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import type { IdentityChange } from './identity-change.js';
import type { Lead } from './lead.js';
import { newLead, waitingLead } from './record-activity.js';
import { regroup, type Leads } from './regroup.js';

/** Whose an identifier is. */
export interface Owner {
  readonly profileId: string;
  readonly leadId: string;
}

/** State loaded before a batch: identifier key → owner, those leads by id (none of them merged), and what may join or divide them. */
export interface KnownLeads {
  readonly owners: ReadonlyMap<string, Owner>;
  readonly leads: ReadonlyMap<string, Lead>;
  /** Its leads, merged ones included, are in `leads`. */
  readonly neighbourhood?: Neighbourhood;
}

/** An identifier that nobody had before. */
export type Claim = Identifier & Owner;

/** What changed of identifiers and profiles. */
export interface IdentityChanges {
  readonly claims: readonly Claim[];
  readonly links: readonly LinkToSave[];
  /** Profiles whose lead changed, claimed ones left out. */
  readonly moved: readonly Owner[];
  readonly changes: readonly IdentityChange[];
  /** Leads whose facts are to be read from the history of their profiles. */
  readonly rebuilt: ReadonlyMap<string, readonly string[]>;
}

interface Context {
  readonly definitions: ActiveDefinitions;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The activity that a lead may begin with. */
interface Starting {
  readonly profileId: string;
  readonly activity: Activity;
}

const NO_NEIGHBOURHOOD: Neighbourhood = { seeds: [], leadIds: [], profiles: [], links: [] };

/** Owners, leads and profiles as of the activity being applied. */
export class BatchState implements Leads {
  readonly graph: IdentityGraph;
  private readonly owners: Map<string, Owner>;
  private readonly leads: Map<string, Lead>;
  private readonly touched = new Set<string>();
  private readonly claims = new Map<string, Claim>();
  private readonly identityChanges: IdentityChange[] = [];
  private readonly toRebuild = new Set<string>();
  private readonly before: ReadonlyMap<string, string>;
  private starting: Starting | null = null;

  constructor(
    known: KnownLeads,
    private readonly context: Context,
  ) {
    const neighbourhood = known.neighbourhood ?? NO_NEIGHBOURHOOD;
    this.owners = new Map(known.owners);
    this.leads = new Map(known.leads);
    this.graph = new IdentityGraph(neighbourhood);
    this.before = new Map(neighbourhood.profiles.map(({ id, leadId }) => [id, leadId]));
  }

  ownerOf(identifier: Identifier): Owner | undefined {
    const owner = this.owners.get(keyOf(identifier));
    return owner && this.current(owner);
  }

  get(id: string): Lead | undefined {
    return this.leads.get(id);
  }

  put(lead: Lead): void {
    if (this.leads.get(lead.id) === lead) return;
    this.leads.set(lead.id, lead);
    this.touched.add(lead.id);
  }

  /** A lead that begins with this activity. */
  start(profileId: string, activity: Activity): Lead {
    const { definitions, now } = this.context;
    const lead = newLead(profileId, activity, definitions, now);
    this.put(lead);
    this.graph.cover(lead.id);
    return lead;
  }

  /** A lead of profiles that never had one of their own: new, or divided from another, with the history of its profiles. */
  create(profiles: readonly Profile[]): Lead {
    const { starting } = this;
    if (starting && profiles.some(({ id }) => id === starting.profileId))
      return this.start(starting.profileId, starting.activity);
    const strongest = profiles.find(({ shared }) => !shared) ?? profiles[0]!;
    const { definitions, now } = this.context;
    const { id } = strongest;
    const lead = waitingLead(id, definitions, now);
    this.put(lead);
    this.graph.cover(id);
    return lead;
  }

  /** Gives identifiers that nobody has to profiles of a lead; its profiles are not known here if the graph does not cover it. */
  claim(identifiers: readonly Identifier[], profileIds: readonly string[], leadId: string): void {
    for (const [index, identifier] of identifiers.entries()) {
      const profileId = profileIds[index]!;
      this.owners.set(keyOf(identifier), { profileId, leadId });
      this.claims.set(keyOf(identifier), { ...identifier, profileId, leadId });
      this.graph.add(newProfile(profileId, identifier, leadId));
    }
  }

  /** Records that one activity named these profiles, the strongest first. @returns whether that can change who is one person */
  observe([strongest, ...others]: readonly string[], cause: MergeCause, at: number): boolean {
    const changes = others.map(
      (other) => other !== strongest && this.graph.observe(strongest!, other, cause, at),
    );
    return changes.includes(true);
  }

  /** Joins and divides leads; a new one begins with `starting`, if that is an activity of its. */
  regroup(starting: Starting | null): void {
    this.starting = starting;
    regroup(this.graph, this, this.context);
  }

  /** Whose a profile is now: the graph knows where profiles moved; of those it does not know none did. */
  current({ profileId, leadId }: Owner): Owner {
    return { profileId, leadId: this.graph.profile(profileId)?.leadId ?? leadId };
  }

  rebuild(leadId: string): void {
    this.toRebuild.add(leadId);
  }

  isRebuilt(leadId: string): boolean {
    return this.toRebuild.has(leadId);
  }

  changed(change: IdentityChange): void {
    this.identityChanges.push(change);
  }

  changedLeads(): Lead[] {
    return Array.from(this.touched, (id) => this.leads.get(id)!);
  }

  identity(): IdentityChanges {
    const claimed = new Set([...this.claims.values()].map(({ profileId }) => profileId));
    return {
      claims: [...this.claims.values()].map((claim) => ({ ...claim, ...this.current(claim) })),
      links: this.graph.linksToSave(),
      moved: [...this.before].flatMap(([profileId, from]) => {
        const { leadId } = this.graph.profile(profileId)!;
        return leadId === from || claimed.has(profileId) ? [] : { profileId, leadId };
      }),
      changes: this.identityChanges,
      rebuilt: new Map(
        [...this.toRebuild]
          .filter((id) => this.leads.get(id)!.mergedInto === null)
          .map((id) => [id, this.graph.profilesOf(id).map((profile) => profile.id)]),
      ),
    };
  }
}
