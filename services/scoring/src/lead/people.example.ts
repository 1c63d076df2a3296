import type { ActivityRecordedV1 } from '@baton/contracts';
import { keyOf } from '../identity/identifier.js';
import { linkKey, newProfile, type Link, type Profile } from '../identity/profile.js';
import {
  applyBatch,
  isUncovered,
  toIncoming,
  type AppliedBatch,
  type IncomingActivity,
} from './apply-batch.js';
import { applyMerge, applyUndo, type AppliedMerge } from './apply-merge.js';
import type { KnownLeads } from './batch-state.js';
import { evaluateLeads, type Outcome } from './evaluate-leads.js';
import { defaultDefinitions as definitions, digest, NOW } from './lead.example.js';
import type { Lead } from './lead.js';
import { isWaiting, recordActivity, withoutFacts } from './record-activity.js';

/** Leads in memory, with the rules of the pipeline and none of its tables. */
export class People {
  readonly leads = new Map<string, Lead>();
  readonly profiles = new Map<string, Profile>();
  readonly links = new Map<string, Link>();
  readonly events: Outcome['events'][number][] = [];
  private readonly profileOf = new Map<string, string>();
  private readonly history: { readonly incoming: IncomingActivity; readonly profileId: string }[] = [];

  /** Applies a batch, evaluates its leads and keeps the result. */
  apply(activities: readonly ActivityRecordedV1[]): AppliedBatch {
    const batch = activities.map(toIncoming);
    let known = this.known([]);
    let applied = applyBatch(batch, known, { definitions, now: NOW, digest });
    for (const seeds = new Set<string>(); isUncovered(applied);) {
      for (const id of applied.uncovered) seeds.add(this.leads.get(id)!.mergedInto ?? id);
      known = this.known([...seeds]);
      applied = applyBatch(batch, known, { definitions, now: NOW, digest });
    }
    for (const [index, owner] of applied.owners.entries())
      if (owner) this.history.push({ incoming: batch[index]!, profileId: owner.profileId });
    for (const claim of applied.claims) {
      this.profileOf.set(keyOf(claim), claim.profileId);
      this.profiles.set(claim.profileId, newProfile(claim.profileId, claim, claim.leadId));
    }
    for (const link of applied.links) {
      const before = this.links.get(linkKey(link));
      const at = Math.min(link.at, before?.at ?? Infinity);
      this.links.set(linkKey(link), { undone: false, ...before, ...link, at });
    }
    this.save(applied);
    return applied;
  }

  merge(one: string, other: string): void {
    const applied = applyMerge(this.known([one, other]), [one, other], { definitions, now: NOW });
    for (const link of applied.links) this.links.set(linkKey(link), { ...link, undone: false });
    this.save(applied);
  }

  undo(link: Link): void {
    const seeds = [link.one, link.other].map((id) => this.profiles.get(id)!.leadId);
    const applied = applyUndo(this.known(seeds), link, { definitions, now: NOW });
    this.links.set(linkKey(link), { ...link, undone: true });
    this.save(applied);
  }

  current(): Lead[] {
    return [...this.leads.values()].filter((lead) => lead.mergedInto === null && !isWaiting(lead));
  }

  /** The lead of each identifier. */
  owners(): Record<string, string> {
    return Object.fromEntries(
      [...this.profileOf].map(([key, profileId]) => [key, this.profiles.get(profileId)!.leadId]),
    );
  }

  /** Identifier keys of each lead that is not merged, with what is known of it. */
  summary(): Record<string, unknown> {
    const keys = new Map<string, string[]>();
    for (const [key, profileId] of this.profileOf) {
      const { leadId } = this.profiles.get(profileId)!;
      keys.set(leadId, [...(keys.get(leadId) ?? []), key]);
    }
    return Object.fromEntries(
      this.current().map((lead) => [(keys.get(lead.id) ?? []).sort().join(' '), knownOf(lead)]),
    );
  }

  private known(seeds: readonly string[]): KnownLeads {
    const owners = new Map(
      [...this.profileOf].map(([key, profileId]) => {
        const { leadId } = this.profiles.get(profileId)!;
        return [key, { profileId, leadId }];
      }),
    );
    for (const id of seeds)
      if (this.leads.get(id)!.mergedInto !== null)
        throw new Error(`lead ${id} is merged: it has no surroundings`);
    const leadIds = new Set(seeds);
    for (let size = -1; size < leadIds.size;) {
      size = leadIds.size;
      for (const { one, other } of this.links.values()) {
        const ends = [one, other].map((id) => this.profiles.get(id)!.leadId);
        if (ends.some((id) => leadIds.has(id))) for (const id of ends) leadIds.add(id);
      }
    }
    const profileIds = this.profilesOf(leadIds);
    return {
      owners,
      leads: this.leads,
      neighbourhood: {
        seeds,
        leadIds: [...leadIds],
        profiles: [...profileIds].map((id) => this.profiles.get(id)!),
        links: [...this.links.values()].filter(
          ({ one, other }) => profileIds.has(one) && profileIds.has(other),
        ),
      },
    };
  }

  private profilesOf(leadIds: ReadonlySet<string>): Set<string> {
    return new Set(
      [...this.profiles.values()].filter(({ leadId }) => leadIds.has(leadId)).map(({ id }) => id),
    );
  }

  private save(applied: AppliedMerge): void {
    for (const { profileId, leadId } of applied.moved)
      this.profiles.set(profileId, { ...this.profiles.get(profileId)!, leadId });
    const leads = applied.leads.map((lead) => {
      const profileIds = applied.rebuilt.get(lead.id);
      return profileIds ? this.rebuilt(lead, profileIds) : lead;
    });
    const context = { definitions, now: NOW, cause: 'activity' } as const;
    const outcome = evaluateLeads(leads, context, { changes: applied.changes, stagesAround: new Map() });
    for (const lead of outcome.leads) this.leads.set(lead.id, lead);
    this.events.push(...outcome.events);
  }

  private rebuilt(lead: Lead, profileIds: readonly string[]): Lead {
    return this.history
      .filter(({ incoming, profileId }) => profileIds.includes(profileId) && !incoming.activity.bot)
      .reduce(
        (rebuilt, { incoming }) => recordActivity(rebuilt, incoming.activity, definitions, NOW),
        withoutFacts(lead),
      );
  }
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

const knownOf = (lead: Lead): object => {
  const { createdAt, channel, campaign, sourceId, lastActivityAt, identified, consent, traits, stage } = lead;
  const tallies = Object.fromEntries(
    Object.entries(lead.tallies)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, tally]) => [key, 'sum' in tally ? { ...tally, sum: rounded(tally.sum) } : tally]),
  );
  return {
    ...{
      createdAt,
      channel,
      campaign,
      sourceId,
      lastActivityAt,
      identified,
      consent,
      traits,
      stage,
      tallies,
    },
    ...{ hasEmail: lead.hasEmail, hasUser: lead.hasUser, salesStatus: lead.salesStatus, owner: lead.owner },
  };
};
