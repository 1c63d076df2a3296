import type { Transaction } from '@baton/bus';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import type { AccountMatches } from '../account/account-match.js';
import { OUTDATED } from '../account/account.store.js';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import { ConcurrentIdentity } from '../identity/concurrent-identity.js';
import { keyOf, type Identifier } from '../identity/identifier.js';
import type { Neighbourhood } from '../identity/identity-graph.js';
import type { IdentityChanges, KnownLeads, Owner } from './batch-state.js';
import type { Outcome } from './evaluate-leads.js';
import { saveMatchKeys } from '../likeness/match-key.store.js';
import { saveListing } from '../listing/listing.store.js';
import { moveProfiles, neighbourhoodOf, neighboursOf, saveLinks } from './profile.store.js';
import { fromRow, LEAD_COLUMNS, toColumns, UPSERT, UPSERT_PARAMETERS, type LeadRow } from './lead-row.js';
import type { Lead } from './lead.js';

/** Leads locked for timers, and the keys whose lead another transaction has locked. */
export interface LockedLeads {
  readonly leads: readonly Lead[];
  readonly busy: readonly string[];
}

/** Changes of identifiers to save together with the leads. */
export type IdentityToSave = Pick<IdentityChanges, 'claims' | 'links' | 'moved'> & {
  /** Who decided it, if somebody did. */
  readonly by?: string;
};

const NO_IDENTITY_CHANGES: IdentityToSave = { claims: [], links: [], moved: [] };

@Injectable()
export class LeadStore {
  constructor(private readonly timers: Timers) {}

  /**
   * The owners of identifiers, locked in the order of lead ids.
   *
   * @throws ConcurrentIdentity when profiles of an owner moved between the lookup and the lock.
   */
  async lockByIdentifiers(tx: Transaction, identifiers: readonly Identifier[]): Promise<KnownLeads> {
    const rows = await tx.rows<LeadRow & { found: string; found_version: number }>(LOCK_BY_IDENTIFIERS, [
      identifiers.map(({ kind }) => kind),
      identifiers.map(({ value }) => value),
    ]);
    const owners = new Map<string, Owner>();
    const leads = new Map<string, Lead>();
    for (const row of rows) {
      if (row.merged_into !== null || row.identity_version !== row.found_version)
        throw new ConcurrentIdentity();
      leads.set(row.id, fromRow(row));
      for (const pair of row.found.split(',')) {
        const [position, profileId] = pair.split(' ');
        owners.set(keyOf(identifiers[Number(position) - 1]!), { profileId: profileId!, leadId: row.id });
      }
    }
    return { owners, leads };
  }

  /**
   * Locks leads and those that their links lead to, with all profiles and links of both, and the leads that were merged into them.
   * `locked` are leads that this transaction has locked already.
   *
   * @throws ConcurrentIdentity when a lead was merged since it was looked up.
   */
  async lockNeighbourhood(
    tx: Transaction,
    seeds: readonly string[],
    locked: ReadonlyMap<string, Lead>,
  ): Promise<{ leads: ReadonlyMap<string, Lead>; neighbourhood: Neighbourhood }> {
    const leadIds = await neighboursOf(tx, seeds);
    const leads = new Map(locked);
    for (const lead of await this.lock(tx, leadIds)) {
      if (lead.mergedInto !== null) throw new ConcurrentIdentity();
      leads.set(lead.id, lead);
    }
    const neighbourhood = await neighbourhoodOf(tx, seeds, leadIds);
    const others = neighbourhood.profiles.map(({ id }) => id).filter((id) => !leads.has(id));
    for (const lead of await this.lock(tx, others)) leads.set(lead.id, lead);
    return { leads, neighbourhood };
  }

  /** Locks leads by id, in the order of their ids; waits for other transactions. */
  async lock(tx: Transaction, ids: readonly string[]): Promise<Lead[]> {
    const rows = await tx.rows<LeadRow>(
      `select ${LEAD_COLUMNS} from leads where id = any($1::uuid[]) order by id for update`,
      [ids],
    );
    return rows.map(fromRow);
  }

  /**
   * Locks leads by id, and instead of a merged one the lead that it belongs to now; `leadOf` has the latter by the former.
   *
   * @throws ConcurrentIdentity when one was merged since it was looked up.
   */
  async lockCurrent(
    tx: Transaction,
    ids: readonly string[],
  ): Promise<{ leads: readonly Lead[]; leadOf: ReadonlyMap<string, string> }> {
    const rows = await tx.rows<{ id: string; current: string }>(
      'select id, coalesce(merged_into, id) as current from leads where id = any($1::uuid[])',
      [ids],
    );
    const leadOf = new Map(rows.map(({ id, current }) => [id, current]));
    const leads = await this.lock(tx, [...new Set(leadOf.values())]);
    if (leads.some(({ mergedInto }) => mergedInto !== null)) throw new ConcurrentIdentity();
    return { leads, leadOf };
  }

  /** Locks the leads that no other transaction has locked. Merged and missing leads are in neither list. */
  async lockAvailable(tx: Transaction, ids: readonly string[]): Promise<LockedLeads> {
    const rows = await tx.rows<LeadRow>(
      `select ${LEAD_COLUMNS} from leads where id = any($1::uuid[]) and merged_into is null
       order by id for update skip locked`,
      [ids],
    );
    if (rows.length === ids.length) return { leads: rows.map(fromRow), busy: [] };
    const available = new Set(rows.map(({ id }) => id));
    const others = ids.filter((id) => !available.has(id));
    const existing = await tx.rows<{ id: string }>(
      'select id from leads where id = any($1::uuid[]) and merged_into is null',
      [others],
    );
    return { leads: rows.map(fromRow), busy: existing.map(({ id }) => id) };
  }

  /** Locks leads evaluated with other definitions, in the order of their ids, after `after`; skips locked and merged ones. */
  async lockOutdated(
    tx: Transaction,
    { modelId, funnelId }: ActiveDefinitions,
    after: string | null,
    limit: number,
  ): Promise<Lead[]> {
    const rows = await tx.rows<LeadRow>(
      `select ${LEAD_COLUMNS} from leads
       where (model_id <> $1 or funnel_id <> $2) and merged_into is null and ($3::uuid is null or id > $3)
       order by id limit $4 for update skip locked`,
      [modelId, funnelId, after, limit],
    );
    return rows.map(fromRow);
  }

  /** Locks leads for which other conditions on their account held when they were evaluated; skips locked ones. */
  async lockOutdatedIn(tx: Transaction, matches: AccountMatches, limit: number): Promise<Lead[]> {
    const rows = await tx.rows<LeadRow>(
      `select ${LEAD_COLUMNS} from unnest($1::text[], $2::text[]) as account(domain, match)
       join leads on ${OUTDATED}
       order by id limit $3 for update of leads skip locked`,
      [[...matches.keys()], [...matches.values()], limit],
    );
    return rows.map(fromRow);
  }

  /** Whether any lead, locked or not, is evaluated with other definitions. */
  async hasOutdated(tx: Transaction, { modelId, funnelId }: ActiveDefinitions): Promise<boolean> {
    const rows = await tx.rows(
      `select from leads where (model_id <> $1 or funnel_id <> $2) and merged_into is null limit 1`,
      [modelId, funnelId],
    );
    return rows.length > 0;
  }

  /**
   * Saves leads that this transaction locked or created, with their stage transitions, timers and identifiers.
   *
   * @throws ConcurrentIdentity when another transaction claimed one of the identifiers.
   */
  async save(
    tx: Transaction,
    outcome: Outcome,
    now: number,
    identity: IdentityToSave = NO_IDENTITY_CHANGES,
  ): Promise<void> {
    const { leads, timers } = outcome;
    if (leads.length === 0) return;
    const [saved] = await tx.rows<{ claimed: number }>(SAVE, [
      ...toColumns(leads),
      ...transitionColumns(outcome, now),
      ...claimColumns(identity),
    ]);
    if (saved!.claimed < identity.claims.length) throw new ConcurrentIdentity();
    if (identity.links.length > 0) await saveLinks(tx, identity.links, now, identity.by);
    if (identity.moved.length > 0) await moveProfiles(tx, identity.moved);
    const otherwise = leads.filter(isOtherwiseFound);
    if (otherwise.length > 0) await saveMatchKeys(tx, otherwise, now);
    await saveListing(tx, leads, renamedOf(otherwise, identity));
    await this.timers.schedule(
      tx,
      timers.map(({ kind, leadId, at }) => ({ kind, key: leadId, dueAt: new Date(at) })),
    );
  }
}

/** Whether a lead may be alike to others than before. */
const isOtherwiseFound = ({ traits, matchedTraits, mergedInto }: Lead): boolean =>
  mergedInto !== null || traits !== matchedTraits;

/** Leads whose traits or addresses may be others than before. */
const renamedOf = (otherwise: readonly Lead[], { claims, moved }: IdentityToSave): ReadonlySet<string> =>
  new Set([
    ...otherwise.map(({ id }) => id),
    ...claims.filter(({ kind }) => kind === 'email').map(({ leadId }) => leadId),
    ...moved.map(({ leadId }) => leadId),
  ]);

const transitionColumns = ({ leads, transitions }: Outcome, now: number): unknown[] => {
  const byId = new Map(transitions.length === 0 ? [] : leads.map((lead) => [lead.id, lead]));
  const at = new Date(now).toISOString();
  return [
    transitions.map(({ leadId }) => leadId),
    transitions.map(({ version }) => version),
    transitions.map(({ from }) => from),
    transitions.map(({ to }) => to),
    transitions.map(({ cause }) => cause),
    transitions.map(({ reason }) => JSON.stringify(reason)),
    transitions.map(() => at),
    transitions.map(({ leadId }) => byId.get(leadId)!.funnelId),
    transitions.map(({ leadId }) => byId.get(leadId)!.modelId),
  ];
};

/** Claims are ordered by key, so that two transactions with the same new identifiers insert them in the same order. */
const claimColumns = ({ claims }: IdentityToSave): unknown[] => {
  const ordered = [...claims].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  return [
    ordered.map(({ kind }) => kind),
    ordered.map(({ value }) => value),
    ordered.map(({ leadId }) => leadId),
    ordered.map(({ profileId }) => profileId),
  ];
};

/** Positions in the parameter arrays are returned instead of the identifiers: shorter, and unambiguous. */
const LOCK_BY_IDENTIFIERS = `
  with found as materialized (
    select identifiers.lead_id, string_agg(asked.position || ' ' || profile_id, ',') as found,
      min(owner.identity_version) as found_version
    from unnest($1::text[], $2::text[]) with ordinality as asked(kind, value, position)
    join identifiers using (kind, value)
    join leads owner on owner.id = identifiers.lead_id
    group by identifiers.lead_id
  )
  select ${LEAD_COLUMNS}, found.found, found.found_version from leads join found on found.lead_id = leads.id
  order by leads.id for update of leads`;

const parameter = (number: number, type: string): string => `$${UPSERT_PARAMETERS + number}::${type}[]`;

/**
 * Leads, stage transitions and claims in one round trip. While a draft runs in shadow, the leads are listed for it: without one this costs
 * a look at a table with one row at most.
 */
const SAVE = `
  with saved as (${UPSERT}),
  transitions as (
    insert into stage_changes (lead_id, version, from_stage, to_stage, cause, reason, at, funnel_id, model_id)
    select * from unnest(${parameter(1, 'uuid')}, ${parameter(2, 'integer')}, ${parameter(3, 'text')},
      ${parameter(4, 'text')}, ${parameter(5, 'text')}, ${parameter(6, 'jsonb')}, ${parameter(7, 'timestamptz')},
      ${parameter(8, 'text')}, ${parameter(9, 'text')})
  ),
  claimed as (
    insert into identifiers (kind, value, lead_id, profile_id)
    select * from unnest(${parameter(10, 'text')}, ${parameter(11, 'text')}, ${parameter(12, 'uuid')}, ${parameter(13, 'uuid')})
    on conflict do nothing returning 1
  ),
  to_shadow as (
    insert into shadow_changes (lead_id)
    select unnest($1::uuid[]) where exists (select from shadows where stopped_at is null)
  )
  select count(*)::integer as claimed from claimed`;
