import type { IdentityGraph } from '../identity/identity-graph.js';
import { leadOfGroup } from '../identity/lead-of-group.js';
import type { Profile } from '../identity/profile.js';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import type { IdentityChange } from './identity-change.js';
import { combineFacts } from './combine-facts.js';
import { salesParts, withSalesParts } from './lead-sales.js';
import type { Lead, LeadSales } from './lead.js';

/** The leads of a batch as `regroup` reads and changes them. */
export interface Leads {
  get(id: string): Lead | undefined;
  put(lead: Lead): void;
  /** Makes the lead of a group of profiles that never was one. */
  create(profiles: readonly Profile[]): Lead;
  /** What is known of the lead is to be read again from the history of its profiles. */
  rebuild(leadId: string): void;
  isRebuilt(leadId: string): boolean;
  changed(change: IdentityChange): void;
}

interface Context {
  readonly definitions: ActiveDefinitions;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Brings leads in line with the people that profiles and links of the graph show: merges leads that are one person, and divides those
 * that are not, each with what is its own.
 */
export const regroup = (graph: IdentityGraph, leads: Leads, context: Context): void => {
  const { groups, followed } = graph.group();
  const before = profilesByLead(groups);
  const sales = salesByLead(before, leads);
  const targets = groups.map((profiles) => ({ profiles, lead: targetOf(profiles, leads) }));
  for (const { profiles, lead } of targets) {
    const target = lead ?? leads.create(profiles);
    const contested = graph.isContested(profiles, followed);
    moveTo(target, { profiles, contested, followed }, { graph, before, sales, leads, context });
  }
};

interface Group {
  readonly profiles: readonly Profile[];
  readonly contested: boolean;
  readonly followed: ReadonlySet<string>;
}

interface State {
  readonly graph: IdentityGraph;
  readonly before: ReadonlyMap<string, readonly Profile[]>;
  readonly sales: ReadonlyMap<string, LeadSales>;
  readonly leads: Leads;
  readonly context: Context;
}

type ChangeState = State & { readonly revision: number };

const targetOf = (profiles: readonly Profile[], leads: Leads): Lead | undefined => {
  const known = profiles.flatMap(({ id }) => leads.get(id) ?? []);
  const id = leadOfGroup(
    known.map((lead) => ({
      id: lead.id,
      mergedInto: lead.mergedInto,
      hasName: lead.hasEmail || lead.hasUser || lead.hasCrm,
      isWithSales: lead.salesStatus !== null || lead.owner !== null,
    })),
  );
  return id === undefined ? undefined : leads.get(id);
};

/** Moves the profiles of a group to its lead. Nothing changes when they are there already. */
const moveTo = (target: Lead, group: Group, state: State): void => {
  const { profiles, contested } = group;
  const { before, sales, leads, graph } = state;
  const moved = profiles.filter(({ leadId }) => leadId !== target.id);
  const loses = (before.get(target.id)?.length ?? 0) > profiles.length - moved.length;
  if (moved.length === 0 && !loses && target.mergedInto === null) {
    if (target.contested !== contested) leads.put({ ...target, contested });
    return;
  }
  const lead =
    loses || target.mergedInto !== null ? forgotten(target, leads) : joined(target, moved, group, state);
  const revision = revisionOf(target, moved, leads);
  const isDivided = tellDivision(target, moved, group, { ...state, revision });
  mergeOthers(target, isDivided, group, { ...state, revision });
  // All that is known of the lead it was part of is known of it.
  if (target.mergedInto !== null && graph.covers(target.mergedInto)) graph.cover(target.id);
  const names = new Set(profiles.flatMap((profile) => profile.names));
  const changed: Lead = {
    ...lead,
    mergedInto: null,
    mergedAt: null,
    contested,
    profileCount: profiles.length,
    hasEmail: names.has('email'),
    hasUser: names.has('user'),
    hasCrm: names.has('crm'),
    identityVersion: revision,
    nextStageChangeAt: null,
  };
  const parts = profiles.flatMap(({ id }) => sales.get(id) ?? []);
  leads.put(withSalesParts(changed, parts));
  for (const profile of moved) graph.add({ ...profile, leadId: target.id });
};

const forgotten = (lead: Lead, leads: Leads): Lead => {
  leads.rebuild(lead.id);
  return lead;
};

/** The lead with the facts of those that join it; read from the history when one of them joins in part, or is to be read itself. */
const joined = (
  target: Lead,
  moved: readonly Profile[],
  { profiles }: Group,
  { before, leads, context }: State,
): Lead => {
  const others = [...new Set(moved.map(({ leadId }) => leadId))].flatMap((id) => leads.get(id) ?? []);
  const inGroup = new Set(profiles.map(({ id }) => id));
  const isWhole = ({ id }: Lead): boolean =>
    !leads.isRebuilt(id) && before.get(id)!.every((profile) => inGroup.has(profile.id));
  if (!others.every(isWhole)) return forgotten(target, leads);
  return others.reduce<Lead>(
    (lead, other) => ({ ...lead, ...combineFacts(context.definitions.model, lead, other) }),
    target,
  );
};

/**
 * The number of a change, greater than those of all earlier changes of its profiles: each of these left its number at the lead that has
 * the profiles since.
 */
const revisionOf = (target: Lead, moved: readonly Profile[], leads: Leads): number =>
  1 + Math.max(target.identityVersion, ...moved.map(({ leadId }) => leads.get(leadId)?.identityVersion ?? 0));

/**
 * The other leads that began with a profile of the group belong to its lead from now on. One that was merged before is told of again when
 * no event about its former lead, or about a division, has its profile.
 */
const mergeOthers = (
  target: Lead,
  isDivided: boolean,
  { profiles, followed }: Group,
  state: ChangeState,
): void => {
  const { before, leads, context, graph, revision } = state;
  const inGroup = new Set(profiles.map(({ id }) => id));
  for (const { id, leadId } of profiles) {
    const other = leads.get(id);
    if (!other || id === target.id) continue;
    const isMovedAlone = other.mergedInto !== target.id && !isDivided && !inGroup.has(leadId);
    if (other.mergedInto === null || isMovedAlone) {
      const own = before.get(leadId)?.filter((profile) => inGroup.has(profile.id)) ?? [];
      const ids = new Set(own.map((profile) => profile.id));
      const rest = new Set([...inGroup].filter((each) => !ids.has(each)));
      const cause = graph.causeBetween(ids, rest, followed);
      const profileIds = [...ids];
      leads.changed({ kind: 'merged', leadId: id, intoLeadId: target.id, profileIds, cause, revision });
    }
    if (other.mergedInto !== target.id)
      leads.put({ ...other, mergedInto: target.id, mergedAt: other.mergedAt ?? context.now, parts: [] });
  }
};

/** A lead that exists again, or that was only ever a part of another, was divided from it. @returns whether it was */
const tellDivision = (
  { id, version, mergedInto, mergedAt }: Lead,
  moved: readonly Profile[],
  { profiles }: Group,
  { before, leads, revision }: ChangeState,
): boolean => {
  const fromLeadId = mergedInto ?? moved.find(({ leadId }) => leadId !== '')?.leadId;
  const isDivided = mergedInto !== null || (version === 0 && !before.has(id));
  if (!isDivided || fromLeadId === undefined) return false;
  const profileIds = profiles.map((profile) => profile.id);
  leads.changed({ kind: 'unmerged', leadId: id, fromLeadId, profileIds, mergedAt, revision });
  return true;
};

const profilesByLead = (groups: readonly (readonly Profile[])[]): Map<string, Profile[]> => {
  const byLead = new Map<string, Profile[]>();
  for (const profile of groups.flat()) {
    if (profile.leadId === '') continue;
    const others = byLead.get(profile.leadId);
    if (others) others.push(profile);
    else byLead.set(profile.leadId, [profile]);
  }
  return byLead;
};

/** What sales decided about each lead, merged ones included: it belongs to whichever group the lead's own profile is in. */
const salesByLead = (before: ReadonlyMap<string, unknown>, leads: Leads): Map<string, LeadSales> => {
  const sales = new Map<string, LeadSales>();
  for (const id of before.keys()) for (const part of salesParts(leads.get(id)!)) sales.set(part.leadId, part);
  return sales;
};
