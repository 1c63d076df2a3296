import type { Transaction } from '@baton/bus';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { ConcurrentIdentity } from '../identity/concurrent-identity.js';
import { keyOf, type Identifier } from '../identity/identifier.js';
import type { Acquainted } from './apply-batch.js';
import type { Lead } from './lead.js';
import { fromRow, toColumns, UPSERT, type LeadRow } from './lead-row.js';
import type { InForce } from './record-activity.js';
import type { Outcome } from './evaluate-leads.js';

/** Leads locked for a timer, and the keys whose lead somebody else holds. */
export interface Held {
  readonly leads: readonly Lead[];
  readonly busy: readonly string[];
}

@Injectable()
export class LeadStore {
  constructor(private readonly timers: Timers) {}

  /** Whose the identifiers are, with those leads locked in the order of their ids. Throws ConcurrentIdentity. */
  async lockByIdentifiers(tx: Transaction, identifiers: readonly Identifier[]): Promise<Acquainted> {
    const rows = await tx.rows<LeadRow & { places: string }>(LOCK_BY_IDENTIFIERS, [
      identifiers.map(({ kind }) => kind),
      identifiers.map(({ value }) => value),
    ]);
    const owners = new Map<string, string>();
    const leads = new Map<string, Lead>();
    for (const row of rows) {
      // The identifiers were read before the lead was locked: meanwhile they went to another lead.
      if (row.same_as !== null) throw new ConcurrentIdentity();
      leads.set(row.id, fromRow(row));
      for (const place of row.places.split(',')) owners.set(keyOf(identifiers[Number(place) - 1]!), row.id);
    }
    return { owners, leads };
  }

  /** Locks leads by id, in the order of their ids, waiting for them. */
  async lock(tx: Transaction, ids: readonly string[]): Promise<Lead[]> {
    const rows = await tx.rows<LeadRow>(
      'select * from leads where id = any($1::uuid[]) order by id for update',
      [ids],
    );
    return rows.map(fromRow);
  }

  /** Locks the leads that nobody holds. A key without a lead is in neither list. */
  async lockFree(tx: Transaction, ids: readonly string[]): Promise<Held> {
    const rows = await tx.rows<LeadRow>(
      'select * from leads where id = any($1::uuid[]) order by id for update skip locked',
      [ids],
    );
    if (rows.length === ids.length) return { leads: rows.map(fromRow), busy: [] };
    const free = new Set(rows.map(({ id }) => id));
    const others = ids.filter((id) => !free.has(id));
    const existing = await tx.rows<{ id: string }>('select id from leads where id = any($1::uuid[])', [
      others,
    ]);
    return { leads: rows.map(fromRow), busy: existing.map(({ id }) => id) };
  }

  /** Locks leads measured by other definitions than those in force, in the order of their ids, behind `after`; held ones are left out. */
  async lockBehind(
    tx: Transaction,
    { modelId, funnelId }: InForce,
    after: string | null,
    limit: number,
  ): Promise<Lead[]> {
    const rows = await tx.rows<LeadRow>(
      `select * from leads where (model_id <> $1 or funnel_id <> $2) and ($3::uuid is null or id > $3)
       order by id limit $4 for update skip locked`,
      [modelId, funnelId, after, limit],
    );
    return rows.map(fromRow);
  }

  /** Whether any lead, held or not, is measured by other definitions than those in force. */
  async isAnyBehind(tx: Transaction, { modelId, funnelId }: InForce): Promise<boolean> {
    const rows = await tx.rows('select from leads where model_id <> $1 or funnel_id <> $2 limit 1', [
      modelId,
      funnelId,
    ]);
    return rows.length > 0;
  }

  /** Saves what became of leads that this transaction has locked or made, and sets their timers. */
  async save(tx: Transaction, { leads, steps, timers }: Outcome, now: number): Promise<void> {
    if (leads.length === 0) return;
    await tx.rows(UPSERT, toColumns(leads));
    if (steps.length > 0) {
      const byId = new Map(leads.map((lead) => [lead.id, lead]));
      const at = new Date(now).toISOString();
      await tx.rows(INSERT_STEPS, [
        steps.map(({ leadId }) => leadId),
        steps.map(({ version }) => version),
        steps.map(({ from }) => from),
        steps.map(({ to }) => to),
        steps.map(({ cause }) => cause),
        steps.map(() => at),
        steps.map(({ leadId }) => byId.get(leadId)!.funnelId),
        steps.map(({ leadId }) => byId.get(leadId)!.modelId),
      ]);
    }
    await this.timers.schedule(
      tx,
      timers.map(({ kind, leadId, at }) => ({ kind, key: leadId, dueAt: new Date(at) })),
    );
  }

  /** Gives new identifiers to their leads, in key order. Throws ConcurrentIdentity when somebody else was first. */
  async link(tx: Transaction, links: readonly (Identifier & { readonly leadId: string })[]): Promise<void> {
    if (links.length === 0) return;
    const ordered = [...links].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
    const linked = await tx.rows(
      `insert into identifiers (kind, value, lead_id)
       select * from unnest($1::text[], $2::text[], $3::uuid[]) on conflict do nothing returning 1`,
      [
        ordered.map(({ kind }) => kind),
        ordered.map(({ value }) => value),
        ordered.map(({ leadId }) => leadId),
      ],
    );
    if (linked.length < links.length) throw new ConcurrentIdentity();
  }

  /** Gives all identifiers of unnamed leads, locked by this transaction, to the leads they turned out to be. */
  async follow(tx: Transaction, followers: readonly { leadId: string; of: string }[]): Promise<void> {
    if (followers.length === 0) return;
    await tx.rows(
      `update identifiers set lead_id = follower.known
       from unnest($1::uuid[], $2::uuid[]) as follower(unnamed, known) where lead_id = follower.unnamed`,
      [followers.map(({ leadId }) => leadId), followers.map(({ of }) => of)],
    );
  }
}

/** The places of the identifiers in the list asked for come back, not their values: shorter, and never ambiguous. */
const LOCK_BY_IDENTIFIERS = `
  with found as materialized (
    select identifiers.lead_id, string_agg(asked.place::text, ',') as places
    from unnest($1::text[], $2::text[]) with ordinality as asked(kind, value, place)
    join identifiers using (kind, value)
    group by identifiers.lead_id
  )
  select leads.*, found.places from leads join found on found.lead_id = leads.id
  order by leads.id for update of leads`;

const INSERT_STEPS = `
  insert into stage_changes (lead_id, version, from_stage, to_stage, cause, at, funnel_id, model_id)
  select * from unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::text[])`;
