import type { Queryable, Transaction } from '@baton/bus';
import { uuidOfHash } from '@baton/contracts';
import { createHash } from 'node:crypto';
import { PROFILES_OF_LEAD } from '../activity/activity.store.js';
import type { LinkToSave, Neighbourhood } from '../identity/identity-graph.js';
import type { IdentifierKind } from '../identity/identifier.js';
import { linkKey, newProfile, type Link, type Profile } from '../identity/profile.js';
import type { Owner } from './batch-state.js';
import type { StagesAround } from './identity-change.js';

interface IdentifierRow {
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly profile_id: string;
  readonly lead_id: string;
}

interface LinkRow {
  readonly one: string;
  readonly other: string;
  readonly cause: Link['cause'];
  readonly at: Date;
  readonly undone: boolean;
}

/** Max leads looked at when one link changes; those further away than that keep what they have. */
const MAX_NEIGHBOURS = 200;

/** These leads, and those that their links lead to, and so on. */
export const neighboursOf = async (tx: Transaction, seeds: readonly string[]): Promise<string[]> => {
  const found = new Set(seeds);
  for (let last = [...seeds]; last.length > 0 && found.size < MAX_NEIGHBOURS;) {
    const rows = await tx.rows<{ lead_id: string }>(NEIGHBOURS, [last]);
    last = rows.map(({ lead_id }) => lead_id).filter((id) => !found.has(id));
    for (const id of last) found.add(id);
  }
  return [...found];
};

/** All profiles of leads that are locked, and all links of those profiles to one another. */
export const neighbourhoodOf = async (
  tx: Transaction,
  seeds: readonly string[],
  leadIds: readonly string[],
): Promise<Neighbourhood> => {
  const rows = await tx.rows<IdentifierRow>(
    'select kind, value, profile_id, lead_id from identifiers where lead_id = any($1::uuid[]) order by profile_id',
    [leadIds],
  );
  const profiles = toProfiles(rows);
  const links = await tx.rows<LinkRow>(LINKS, [profiles.map(({ id }) => id)]);
  return {
    seeds,
    leadIds,
    profiles,
    links: links.map(({ at, ...link }) => ({ ...link, at: at.getTime() })),
  };
};

/** Adds links, and keeps of each the earliest activity that showed it. */
export const saveLinks = async (
  tx: Transaction,
  links: readonly LinkToSave[],
  now: number,
  by: string | null = null,
): Promise<void> => {
  const ordered = [...links].sort((a, b) => (linkKey(a) < linkKey(b) ? -1 : 1));
  await tx.rows(SAVE_LINKS, [
    ordered.map(linkIdOf),
    ordered.map(({ one }) => one),
    ordered.map(({ other }) => other),
    ordered.map(({ cause }) => cause),
    ordered.map(({ at }) => new Date(at).toISOString()),
    new Date(now).toISOString(),
    by,
  ]);
};

/** Gives profiles to other leads. */
export const moveProfiles = async (tx: Transaction, moved: readonly Owner[]): Promise<void> => {
  await tx.rows(
    `update identifiers set lead_id = moved.lead_id
     from unnest($1::uuid[], $2::uuid[]) as moved(profile_id, lead_id)
     where identifiers.profile_id = moved.profile_id`,
    [moved.map(({ profileId }) => profileId), moved.map(({ leadId }) => leadId)],
  );
};

/** By lead that was merged and is divided again: the stages that the other moved to before the merge, and since. */
export const stagesAround = async (
  tx: Transaction,
  divided: readonly { readonly leadId: string; readonly fromLeadId: string; readonly mergedAt: number }[],
): Promise<Map<string, StagesAround>> => {
  if (divided.length === 0) return new Map();
  const rows = await tx.rows<{ id: string } & StagesAround>(STAGES_AROUND, [
    divided.map(({ leadId }) => leadId),
    divided.map(({ fromLeadId }) => fromLeadId),
    divided.map(({ mergedAt }) => new Date(mergedAt).toISOString()),
  ]);
  return new Map(rows.map(({ id, before, since }) => [id, { before, since }]));
};

/** A link of a lead's profiles that was not undone. */
export const findLink = async (
  tx: Transaction,
  id: string,
  leadId: string,
): Promise<Pick<Link, 'one' | 'other' | 'cause'> | undefined> => {
  const [link] = await tx.rows<Pick<Link, 'one' | 'other' | 'cause'>>(
    `select one, other, cause from links where id = $1 and undone_at is null
       and exists (select from identifiers where profile_id = one and lead_id = $2)
       and exists (select from identifiers where profile_id = other and lead_id = $2)`,
    [id, leadId],
  );
  return link;
};

export const endLink = async (tx: Transaction, id: string, at: Date, by: string): Promise<void> => {
  await tx.rows('update links set undone_at = $2, undone_by = $3 where id = $1', [id, at.toISOString(), by]);
};

/** The links of a lead's profiles, with the identifiers of both ends, latest first; at most 200. */
export const linksOf = async (queryable: Queryable, leadId: string): Promise<StoredLink[]> => {
  const rows = await queryable.rows<LinkOfLead>(LINKS_OF_LEAD, [leadId]);
  return rows.map(({ id, cause, identifiers, at, made_by, undone_by, undone }) => ({
    id,
    cause,
    identifiers,
    at: at.toISOString(),
    ...(made_by === null ? {} : { by: made_by }),
    undone,
    ...(undone_by === null ? {} : { undoneBy: undone_by }),
  }));
};

interface LinkOfLead extends Pick<StoredLink, 'id' | 'cause' | 'identifiers' | 'undone'> {
  readonly at: Date;
  readonly made_by: string | null;
  readonly undone_by: string | null;
}

/** A link as people see it; times are UTC, ISO 8601. */
export interface StoredLink {
  readonly id: string;
  readonly cause: Link['cause'];
  readonly identifiers: readonly { readonly kind: string; readonly value: string }[];
  readonly at: string;
  readonly by?: string;
  readonly undone: boolean;
  readonly undoneBy?: string;
}

const LINKS_OF_LEAD = `
  select links.id, cause, at, made_by, undone_by, undone_at is not null as undone,
    (select json_agg(json_build_object('kind', kind, 'value', value) order by kind, value)
     from identifiers where profile_id in (one, other)) as identifiers
  from links
  where one = any(${PROFILES_OF_LEAD}) or other = any(${PROFILES_OF_LEAD})
  order by at desc, links.id limit 200`;

/** Made from the pair, so that a replay gives the same. */
const linkIdOf = (link: LinkToSave): string =>
  uuidOfHash(
    createHash('sha256')
      .update(`link\n${linkKey(link)}`)
      .digest('hex'),
  );

const toProfiles = (rows: readonly IdentifierRow[]): Profile[] => {
  const profiles = new Map<string, Profile>();
  for (const { profile_id, lead_id, ...identifier } of rows) {
    const profile = newProfile(profile_id, identifier, lead_id);
    const before = profiles.get(profile.id);
    profiles.set(profile.id, before ? withIdentifier(before, profile) : profile);
  }
  return [...profiles.values()];
};

/** Profiles of before there were profiles have several identifiers. */
const withIdentifier = (profile: Profile, other: Profile): Profile => ({
  ...profile,
  key: profile.key < other.key ? profile.key : other.key,
  names: [...profile.names, ...other.names],
  shared: profile.shared && other.shared,
});

const NEIGHBOURS = `
  with mine as (select distinct profile_id from identifiers where lead_id = any($1::uuid[])),
  near as (
    select other as profile_id from links join mine on mine.profile_id = one
    union select one from links join mine on mine.profile_id = other
  )
  select distinct lead_id from identifiers join near using (profile_id) limit ${MAX_NEIGHBOURS}`;

const LINKS = `
  select one, other, cause, at, undone_at is not null as undone from links
  where one = any($1::uuid[]) and other = any($1::uuid[])`;

const SAVE_LINKS = `
  insert into links (id, one, other, by_hand, cause, at, made_at, made_by)
  select id, one, other, cause = 'manual', cause, at, $6::timestamptz, $7
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[]) as link(id, one, other, cause, at)
  on conflict (one, other, by_hand) do update set at = least(links.at, excluded.at),
    undone_at = case when excluded.by_hand then null else links.undone_at end,
    undone_by = case when excluded.by_hand then null else links.undone_by end,
    made_at = case when excluded.by_hand then excluded.made_at else links.made_at end,
    made_by = case when excluded.by_hand then excluded.made_by else links.made_by end`;

const STAGES_AROUND = `
  select divided.id,
    coalesce(array_agg(distinct to_stage) filter (where at < merged_at), '{}') as before,
    coalesce(array_agg(distinct to_stage) filter (where at >= merged_at), '{}') as since
  from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as divided (id, from_id, merged_at)
  join stage_changes on stage_changes.lead_id = from_id
  group by divided.id`;
