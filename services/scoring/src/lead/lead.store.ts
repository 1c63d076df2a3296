import type { Transaction } from '@baton/bus';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import { ConcurrentIdentity } from '../identity/concurrent-identity.js';
import { keyOf, type Identifier } from '../identity/identifier.js';
import type { AppliedBatch, KnownLeads, Merge } from './apply-batch.js';
import type { Outcome } from './evaluate-leads.js';
import { fromRow, LEAD_COLUMNS, toColumns, UPSERT, UPSERT_PARAMETERS, type LeadRow } from './lead-row.js';
import type { Lead } from './lead.js';

/** Leads locked for timers, and the keys whose lead another transaction has locked. */
export interface LockedLeads {
  readonly leads: readonly Lead[];
  readonly busy: readonly string[];
}

/** Changes of identifiers to save together with the leads. */
export type IdentityChanges = Pick<AppliedBatch, 'claims' | 'merges'>;

const NO_IDENTITY_CHANGES: IdentityChanges = { claims: [], merges: [] };

@Injectable()
export class LeadStore {
  constructor(private readonly timers: Timers) {}

  /**
   * The owners of identifiers, locked in the order of lead ids.
   *
   * @throws ConcurrentIdentity when an owner was merged between the lookup and the lock.
   */
  async lockByIdentifiers(tx: Transaction, identifiers: readonly Identifier[]): Promise<KnownLeads> {
    const rows = await tx.rows<LeadRow & { positions: string }>(LOCK_BY_IDENTIFIERS, [
      identifiers.map(({ kind }) => kind),
      identifiers.map(({ value }) => value),
    ]);
    const owners = new Map<string, string>();
    const leads = new Map<string, Lead>();
    for (const row of rows) {
      if (row.merged_into !== null) throw new ConcurrentIdentity();
      leads.set(row.id, fromRow(row));
      for (const position of row.positions.split(','))
        owners.set(keyOf(identifiers[Number(position) - 1]!), row.id);
    }
    return { owners, leads };
  }

  /** Locks leads by id, in the order of their ids; waits for other transactions. */
  async lock(tx: Transaction, ids: readonly string[]): Promise<Lead[]> {
    const rows = await tx.rows<LeadRow>(
      `select ${LEAD_COLUMNS} from leads where id = any($1::uuid[]) order by id for update`,
      [ids],
    );
    return rows.map(fromRow);
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
    identity: IdentityChanges = NO_IDENTITY_CHANGES,
  ): Promise<void> {
    const { leads, timers } = outcome;
    if (leads.length === 0) return;
    const [saved] = await tx.rows<{ claimed: number }>(SAVE, [
      ...toColumns(leads),
      ...transitionColumns(outcome, now),
      ...claimColumns(identity),
    ]);
    if (saved!.claimed < identity.claims.length) throw new ConcurrentIdentity();
    if (identity.merges.length > 0) await this.reassignIdentifiers(tx, identity.merges);
    await this.timers.schedule(
      tx,
      timers.map(({ kind, leadId, at }) => ({ kind, key: leadId, dueAt: new Date(at) })),
    );
  }

  /** Moves the identifiers of merged leads, and the leads merged into them earlier, to the lead at the end of the chain. */
  private async reassignIdentifiers(tx: Transaction, merges: readonly Merge[]): Promise<void> {
    await tx.rows(REASSIGN, [merges.map(({ from }) => from), merges.map(({ into }) => into)]);
  }
}

const transitionColumns = ({ leads, transitions }: Outcome, now: number): unknown[] => {
  const byId = new Map(transitions.length === 0 ? [] : leads.map((lead) => [lead.id, lead]));
  const at = new Date(now).toISOString();
  return [
    transitions.map(({ leadId }) => leadId),
    transitions.map(({ version }) => version),
    transitions.map(({ from }) => from),
    transitions.map(({ to }) => to),
    transitions.map(({ cause }) => cause),
    transitions.map(() => at),
    transitions.map(({ leadId }) => byId.get(leadId)!.funnelId),
    transitions.map(({ leadId }) => byId.get(leadId)!.modelId),
  ];
};

/** Claims are ordered by key, so that two transactions with the same new identifiers insert them in the same order. */
const claimColumns = ({ claims }: IdentityChanges): unknown[] => {
  const ordered = [...claims].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  return [
    ordered.map(({ kind }) => kind),
    ordered.map(({ value }) => value),
    ordered.map(({ leadId }) => leadId),
  ];
};

/** Positions in the parameter arrays are returned instead of the identifiers: shorter, and unambiguous. */
const LOCK_BY_IDENTIFIERS = `
  with found as materialized (
    select identifiers.lead_id, string_agg(asked.position::text, ',') as positions
    from unnest($1::text[], $2::text[]) with ordinality as asked(kind, value, position)
    join identifiers using (kind, value)
    group by identifiers.lead_id
  )
  select ${LEAD_COLUMNS}, found.positions from leads join found on found.lead_id = leads.id
  order by leads.id for update of leads`;

const parameter = (number: number, type: string): string => `$${UPSERT_PARAMETERS + number}::${type}[]`;

/** Leads, stage transitions and claims in one round trip; claims name the lead at the end of a chain of merges. */
const SAVE = `
  with saved as (${UPSERT}),
  transitions as (
    insert into stage_changes (lead_id, version, from_stage, to_stage, cause, at, funnel_id, model_id)
    select * from unnest(${parameter(1, 'uuid')}, ${parameter(2, 'integer')}, ${parameter(3, 'text')},
      ${parameter(4, 'text')}, ${parameter(5, 'text')}, ${parameter(6, 'timestamptz')},
      ${parameter(7, 'text')}, ${parameter(8, 'text')})
  ),
  claimed as (
    insert into identifiers (kind, value, lead_id)
    select * from unnest(${parameter(9, 'text')}, ${parameter(10, 'text')}, ${parameter(11, 'uuid')})
    on conflict do nothing returning 1
  )
  select count(*)::integer as claimed from claimed`;

const REASSIGN = `
  with merges as materialized (select * from unnest($1::uuid[], $2::uuid[]) as merge(source, target)),
  collapsed as (
    update leads set merged_into = merges.target from merges where leads.merged_into = merges.source
  )
  update identifiers set lead_id = merges.target from merges where identifiers.lead_id = merges.source`;
