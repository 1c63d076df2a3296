import type { ActivityRecordedV1 } from '@baton/contracts';
import { activityOf, type Activity } from '../activity/activity.js';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import {
  activityIdentifiersOf,
  identifiersToLookUp,
  keyOf,
  type ActivityIdentifiers,
  type Identifier,
} from '../identity/identifier.js';
import { leadIdOf, type Digest } from '../identity/lead-id.js';
import { resolve, type Resolution } from '../identity/resolve.js';
import type { Lead } from './lead.js';
import { newLead, recordActivity } from './record-activity.js';

/** An activity of a batch with its identifiers. */
export interface IncomingActivity {
  readonly data: ActivityRecordedV1;
  readonly activity: Activity;
  readonly identifiers: ActivityIdentifiers;
}

export const toIncoming = (data: ActivityRecordedV1): IncomingActivity => ({
  data,
  activity: activityOf(data),
  identifiers: activityIdentifiersOf(data.identifiers),
});

/** All identifiers of a batch, each once. */
export const identifiersOf = (batch: readonly IncomingActivity[]): Identifier[] => {
  const found = new Map<string, Identifier>();
  for (const { identifiers } of batch)
    for (const each of identifiersToLookUp(identifiers)) found.set(keyOf(each), each);
  return [...found.values()];
};

/** State loaded before a batch: identifier key → lead id, and those leads by id. None of them is merged. */
export interface KnownLeads {
  readonly owners: ReadonlyMap<string, string>;
  readonly leads: ReadonlyMap<string, Lead>;
}

export interface BatchContext {
  readonly definitions: ActiveDefinitions;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly digest: Digest;
}

/** An unnamed lead and the lead it was merged into, which is not merged itself. */
export interface Merge {
  readonly from: string;
  readonly into: string;
}

export interface AppliedBatch {
  /** Changed leads, each once, not yet evaluated. */
  readonly leads: readonly Lead[];
  /** Identifiers that had no owner before. */
  readonly claims: readonly (Identifier & { readonly leadId: string })[];
  readonly merges: readonly Merge[];
  /** The lead of each activity, in their order; null without identifiers, and for a bot that nobody's identifiers lead to. */
  readonly leadIds: readonly (string | null)[];
}

/**
 * Applies the activities of a batch in their order: resolves the lead of each and records it there. A bot is shown in the history of
 * the lead that its identifiers belong to; it neither makes a lead, nor changes one, nor owns an identifier.
 */
export const applyBatch = (
  batch: readonly IncomingActivity[],
  known: KnownLeads,
  context: BatchContext,
): AppliedBatch => {
  const state = new BatchState(known);
  const leadIds = batch.map((incoming) => applyActivity(incoming, state, context));
  return { ...state.result(), leadIds };
};

const applyActivity = (
  { activity, identifiers }: IncomingActivity,
  state: BatchState,
  { definitions, now, digest }: BatchContext,
): string | null => {
  const resolution = resolve(identifiers, state.findOwner);
  if (activity.bot) return resolution.kind === 'existing' ? resolution.leadId : null;
  if (resolution.kind === 'unidentified') return null;
  const before =
    resolution.kind === 'existing'
      ? state.lead(resolution.leadId)
      : newLead(leadIdOf(digest, activity.id, resolution.claims[0]!), activity, definitions, now);
  state.claim(resolution.claims, before.id);
  state.put(recordActivity(withNames(before, resolution.claims), activity, definitions.model, now));
  for (const from of absorbedBy(resolution)) state.merge(from, before.id);
  return before.id;
};

const absorbedBy = (resolution: Resolution): readonly string[] =>
  resolution.kind === 'existing' ? resolution.absorbed : [];

const withNames = (lead: Lead, claims: readonly Identifier[]): Lead => {
  const hasEmail = lead.hasEmail || claims.some(({ kind }) => kind === 'email');
  const hasUser = lead.hasUser || claims.some(({ kind }) => kind === 'user');
  return hasEmail === lead.hasEmail && hasUser === lead.hasUser ? lead : { ...lead, hasEmail, hasUser };
};

/** Owners and leads as of the activity being applied. */
class BatchState {
  private readonly owners: Map<string, string>;
  private readonly leads: Map<string, Lead>;
  private readonly changed = new Set<string>();
  private readonly claims: (Identifier & { leadId: string })[] = [];
  private readonly merged: string[] = [];

  constructor(known: KnownLeads) {
    this.owners = new Map(known.owners);
    this.leads = new Map(known.leads);
  }

  readonly findOwner = (identifier: Identifier): Lead | undefined => {
    const id = this.owners.get(keyOf(identifier));
    return id === undefined ? undefined : this.root(id);
  };

  lead(id: string): Lead {
    return this.leads.get(id)!;
  }

  put(lead: Lead): void {
    if (this.leads.get(lead.id) === lead) return;
    this.leads.set(lead.id, lead);
    this.changed.add(lead.id);
  }

  claim(identifiers: readonly Identifier[], leadId: string): void {
    for (const { kind, value } of identifiers) {
      this.owners.set(`${kind}:${value}`, leadId);
      this.claims.push({ kind, value, leadId });
    }
  }

  merge(from: string, into: string): void {
    this.put({ ...this.lead(from), mergedInto: into });
    this.merged.push(from);
  }

  /** Merges of merges are collapsed: everything belongs to the lead at the end of the chain. */
  result(): Omit<AppliedBatch, 'leadIds'> {
    for (const id of this.merged) this.leads.set(id, { ...this.lead(id), mergedInto: this.root(id).id });
    return {
      leads: Array.from(this.changed, (id) => this.lead(id)),
      claims: this.claims.map((claim) => ({ ...claim, leadId: this.root(claim.leadId).id })),
      merges: this.merged.map((from) => ({ from, into: this.lead(from).mergedInto! })),
    };
  }

  private root(id: string): Lead {
    let lead = this.lead(id);
    while (lead.mergedInto !== null) lead = this.lead(lead.mergedInto);
    return lead;
  }
}
