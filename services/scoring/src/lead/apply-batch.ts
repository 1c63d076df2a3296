import type { ActivityRecordedV1, MergeCause } from '@baton/contracts';
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
import { MAX_PROFILES } from '../identity/profile.js';
import { BatchState, type IdentityChanges, type KnownLeads, type Owner } from './batch-state.js';
import type { Lead } from './lead.js';
import { recordActivity } from './record-activity.js';
import { touchOf, type Touch } from './touch.js';

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

export interface BatchContext {
  readonly definitions: ActiveDefinitions;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly digest: Digest;
}

export interface AppliedBatch extends IdentityChanges {
  /** Changed leads, each once, not yet evaluated. */
  readonly leads: readonly Lead[];
  /** Whose each activity is, in their order; null without identifiers, and for a bot that nobody's identifiers lead to. */
  readonly owners: readonly (Owner | null)[];
  /** The profile of the address of each activity, if it has one. */
  readonly emailProfileIds: readonly (string | undefined)[];
  readonly touches: readonly Touch[];
}

/** Leads that the batch may join or divide; it has to be applied again with their neighbourhood. */
export interface Uncovered {
  readonly uncovered: readonly string[];
}

export const isUncovered = (applied: AppliedBatch | Uncovered): applied is Uncovered =>
  'uncovered' in applied;

/**
 * Applies the activities of a batch in their order: resolves the lead of each and records it there. A bot is shown in the history of
 * the lead that its identifiers belong to; it neither makes a lead, nor changes one, nor owns an identifier.
 */
export const applyBatch = (
  batch: readonly IncomingActivity[],
  known: KnownLeads,
  context: BatchContext,
): AppliedBatch | Uncovered => {
  const state = new BatchState(known, context);
  const uncovered = new Set<string>();
  const touches: Touch[] = [];
  const owners = batch.map((incoming): Owner | null => {
    if (incoming.activity.bot) return firstOwner(allOf(incoming, state), state) ?? null;
    const owner = resolveOwner(incoming, state, context, uncovered);
    const touch = owner && record(incoming, owner, state, context);
    if (touch) touches.push(touch);
    return owner;
  });
  if (uncovered.size > 0) return { uncovered: [...uncovered] };
  return {
    leads: state.changedLeads(),
    ...state.identity(),
    owners: owners.map((owner) => owner && state.current(owner)),
    emailProfileIds: batch.map(({ identifiers: { identifiers } }) => {
      const email = identifiers.find(({ kind }) => kind === 'email');
      return email && state.ownerOf(email)?.profileId;
    }),
    touches: touches.map((touch) => ({ ...touch, ...state.current(touch) })),
  };
};

/** The activity's identifiers, strongest first, with the one that an alias replaces as the kind it is known as. */
const allOf = (
  { identifiers: { identifiers, previous } }: IncomingActivity,
  state: BatchState,
): Identifier[] => {
  if (previous === undefined) return [...identifiers];
  const user: Identifier = { kind: 'user', value: previous };
  // Replaced ids are usually anonymous ids, so an unknown one is stored as such.
  const replaced: Identifier = state.ownerOf(user) ? user : { kind: 'anonymous', value: previous };
  return identifiers.some((each) => keyOf(each) === keyOf(replaced))
    ? [...identifiers]
    : [...identifiers, replaced];
};

const firstOwner = (identifiers: readonly Identifier[], state: BatchState): Owner | undefined => {
  for (const identifier of identifiers) {
    const owner = state.ownerOf(identifier);
    if (owner) return owner;
  }
  return undefined;
};

const record = (
  { activity, data }: IncomingActivity,
  owner: Owner,
  state: BatchState,
  { definitions, now, digest }: BatchContext,
): Touch | null => {
  const lead = recordActivity(state.get(owner.leadId)!, activity, definitions, now);
  const touch = touchOf(data, activity, owner, digest);
  const isRepeated = touch?.kind === 'visit' && repeats(lead.lastVisit, touch);
  state.put(
    touch?.kind === 'visit' && !isRepeated
      ? { ...lead, lastVisit: { id: touch.touchId, at: touch.at } }
      : lead,
  );
  return isRepeated ? null : touch;
};

/** The visit was published already, and did not begin earlier than known. */
const repeats = (last: Lead['lastVisit'], { touchId, at }: Touch): boolean =>
  last !== null && last.id === touchId && last.at <= at;

/**
 * The profile of an activity is that of its strongest identifier; the others are linked to it. The lead is the one of that profile,
 * after the leads were brought in line with the links. Null also for leads to be covered first.
 */
const resolveOwner = (
  incoming: IncomingActivity,
  state: BatchState,
  { digest }: BatchContext,
  uncovered: Set<string>,
): Owner | null => {
  const { activity } = incoming;
  const identifiers = allOf(incoming, state);
  if (identifiers.length === 0) return null;
  const owners = identifiers.map((identifier) => state.ownerOf(identifier));
  const leadIds = [...new Set(owners.flatMap((owner) => owner?.leadId ?? []))];
  const only = leadIds.length === 1 ? state.get(leadIds[0]!)! : undefined;
  const unknown = identifiers.filter((_, index) => !owners[index]);
  if (only && owners[0] && unknown.length > 0 && only.profileCount >= MAX_PROFILES) return owners[0];

  const profileIds = identifiers.map(
    (identifier, index) => owners[index]?.profileId ?? leadIdOf(digest, activity.id, identifier),
  );
  const claimFor = (leadId: string): void =>
    state.claim(
      unknown,
      profileIds.filter((_, index) => !owners[index]),
      leadId,
    );
  // Also of profiles that are one lead already: they may be one for this reason alone after another link was undone.
  const observe = (): boolean => state.observe(profileIds, causeOf(incoming), activity.at);

  if (only && unknown.length === 0 && !only.contested) {
    observe();
    return owners[0]!;
  }
  if (leadIds.length === 0 || (only && mayJoin(only, identifiers, owners))) {
    const lead = only ?? state.start(profileIds[0]!, activity);
    claimFor(lead.id);
    observe();
    if (unknown.length > 0)
      state.put({
        ...lead,
        ...namesWith(lead, unknown),
        profileCount: lead.profileCount + unknown.length,
      });
    return { profileId: profileIds[0]!, leadId: lead.id };
  }
  const missing = leadIds.filter((id) => !state.graph.covers(id));
  for (const id of missing) uncovered.add(id);
  if (missing.length > 0) return null;
  claimFor('');
  if (observe() || unknown.length > 0) state.regroup({ profileId: profileIds[0]!, activity });
  return state.ownerOf(identifiers[0]!)!;
};

const causeOf = ({ identifiers: { identifiers, previous }, data }: IncomingActivity): MergeCause => {
  if (previous !== undefined || data.kind === 'alias') return 'alias';
  return identifiers[0]?.kind === 'email' ? 'email' : 'identify';
};

/**
 * Whether identifiers that nobody has join the lead of the others, whatever its profiles: each kind of name is there once then, so that
 * `groupProfiles` follows every link.
 */
const mayJoin = (
  lead: Lead,
  identifiers: readonly Identifier[],
  owners: readonly (Owner | undefined)[],
): boolean => {
  const added = identifiers.filter((_, index) => !owners[index]);
  const had: Readonly<Record<string, boolean>> = {
    email: lead.hasEmail,
    user: lead.hasUser,
    crm: lead.hasCrm,
  };
  return !lead.contested && !added.some(({ kind }) => had[kind]);
};

const namesWith = (
  lead: Lead,
  claims: readonly Identifier[],
): Pick<Lead, 'hasEmail' | 'hasUser' | 'hasCrm'> => ({
  hasEmail: lead.hasEmail || claims.some(({ kind }) => kind === 'email'),
  hasUser: lead.hasUser || claims.some(({ kind }) => kind === 'user'),
  hasCrm: lead.hasCrm || claims.some(({ kind }) => kind === 'crm'),
});
