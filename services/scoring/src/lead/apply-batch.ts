import { keyOf, lookedUp, namingOf, type Identifier, type Naming } from '../identity/identifier.js';
import { resolve } from '../identity/resolve.js';
import type { ActivityRecordedV1 } from '@baton/contracts';
import { activityOf, type Activity } from '../activity/activity.js';
import type { Lead } from './lead.js';
import { newLead, record, type InForce } from './record-activity.js';

/** One activity of a batch and who it names. */
export interface Incoming {
  readonly data: ActivityRecordedV1;
  readonly activity: Activity;
  readonly naming: Naming;
}

export const incoming = (data: ActivityRecordedV1): Incoming => ({
  data,
  activity: activityOf(data),
  naming: namingOf(data.identifiers),
});

/** Every identifier of a batch, each once. */
export const identifiersOf = (batch: readonly Incoming[]): Identifier[] => {
  const found = new Map<string, Identifier>();
  for (const { naming } of batch) for (const each of lookedUp(naming)) found.set(keyOf(each), each);
  return [...found.values()];
};

/** What was known before a batch: whose the identifiers are (by key), and those leads. */
export interface Acquainted {
  readonly owners: ReadonlyMap<string, string>;
  readonly leads: ReadonlyMap<string, Lead>;
}

export interface Surroundings {
  readonly inForce: InForce;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly newId: () => string;
}

export interface Gathered {
  /** Leads that are different now, each once, not yet settled. */
  readonly leads: readonly Lead[];
  /** Identifiers nobody had before. */
  readonly links: readonly (Identifier & { readonly leadId: string })[];
  /** Unnamed leads whose identifiers belong to another lead from now on. */
  readonly followers: readonly { readonly leadId: string; readonly of: string }[];
  /** Of each activity, in order, the lead it belongs to; null: it names nobody. */
  readonly leadIds: readonly (string | null)[];
}

/** Takes the activities of a batch in order: who each is of, and what it adds to that lead. */
export const gather = (batch: readonly Incoming[], known: Acquainted, around: Surroundings): Gathered => {
  const owners = new Map(known.owners);
  const leads = new Map(known.leads);
  const changed = new Set<string>();
  const links: (Identifier & { leadId: string })[] = [];
  const followers: { leadId: string; of: string }[] = [];

  const leadOf = (id: string): Lead => {
    let lead = leads.get(id)!;
    while (lead.sameAs !== null) lead = leads.get(lead.sameAs)!;
    return lead;
  };
  const find = (identifier: Identifier): Lead | undefined => {
    const id = owners.get(keyOf(identifier));
    return id === undefined ? undefined : leadOf(id);
  };
  const put = (lead: Lead, before: Lead | undefined): void => {
    if (lead === before) return;
    leads.set(lead.id, lead);
    changed.add(lead.id);
  };

  const leadIds = batch.map(({ activity, naming }) => {
    const resolution = resolve(naming, find);
    if (resolution.who === 'nobody') return null;
    const { now, inForce } = around;
    const before = resolution.who === 'known' ? leads.get(resolution.leadId) : undefined;
    const lead = before ?? newLead(around.newId(), activity, inForce, now);
    for (const link of resolution.links) {
      owners.set(keyOf(link), lead.id);
      links.push({ ...link, leadId: lead.id });
    }
    put(record(named(lead, resolution.links), activity, inForce.model, now), before);
    if (resolution.who === 'known')
      for (const leadId of resolution.followers) {
        put({ ...leads.get(leadId)!, sameAs: lead.id }, undefined);
        followers.push({ leadId, of: lead.id });
      }
    return lead.id;
  });
  return { leads: [...changed].map((id) => leads.get(id)!), links, followers, leadIds };
};

const named = (lead: Lead, links: readonly Identifier[]): Lead => {
  const hasEmail = lead.hasEmail || links.some(({ kind }) => kind === 'email');
  const hasUser = lead.hasUser || links.some(({ kind }) => kind === 'user');
  return hasEmail === lead.hasEmail && hasUser === lead.hasUser ? lead : { ...lead, hasEmail, hasUser };
};
