import type { Transaction } from '@baton/bus';
import { leadsOfPerson } from '../person/same-person.js';
import { Injectable } from '@nestjs/common';
import { toIso } from '../policy/duration.js';
import type { Actor } from '../handoff/actor.js';
import { leadOfferedTo, leadOfLed, sellersLedBy } from '../handoff/handoff-visibility.store.js';
import type { Person } from '../team/team.js';
import type { Deal } from './deal.js';
import type { DealHistoryEntry } from './deal-history.js';
import { fromStored, toStored, type StateRow } from './stored-deal.js';

/** The hand-off that led to the deals of a lead, and its seller. */
export interface LeadingHandoff {
  readonly handoffId: string;
  readonly seller: Person | null;
}

/** The condition on a row of `deals` that a manager, a placeholder of the query, leads the team of its seller; or it has none. */
const ofLedTeams = (manager: string): string =>
  `(seller_id is null or seller_id in (${sellersLedBy(manager)}))`;

/** A manager sees the deals of the sellers they lead, those of leads that one of them was offered, and those without a seller. */
export const seenByManager = (manager: string): string => `(${ofLedTeams(manager)} or ${leadOfLed(manager)})`;

/** Deals as transactions lock and change them. */
@Injectable()
export class DealStore {
  /** The deals with these ids, locked in the order of their ids. */
  async lock(tx: Transaction, ids: readonly string[]): Promise<Deal[]> {
    const rows = await tx.rows<StateRow>(
      'select state from deals where id = any($1::uuid[]) order by id for update',
      [ids],
    );
    return rows.map(({ state }) => fromStored(state));
  }

  /** Whether it is a seller's own, or of a lead that they were offered; of managers, as `seenByManager` says. */
  async isSeenBy(tx: Transaction, id: string, { id: userId, acts }: Actor): Promise<boolean> {
    const seen = acts === 'own' ? `(seller_id = $2::uuid or ${leadOfferedTo('$2')})` : seenByManager('$2');
    const rows = await tx.rows(`select from deals where id = $1 and ${seen}`, [id, userId]);
    return rows.length > 0;
  }

  /** Whether a manager leads the team of its seller, or it has none. */
  async isLedBy(tx: Transaction, id: string, managerId: string): Promise<boolean> {
    const rows = await tx.rows(`select from deals where id = $1 and ${ofLedTeams('$2')}`, [id, managerId]);
    return rows.length > 0;
  }

  /** Inserts a deal unless its id is taken, or its hand-off has an open one. @returns whether it was inserted */
  async insert(tx: Transaction, deal: Deal): Promise<boolean> {
    const rows = await tx.rows(`${INSERT} on conflict do nothing returning id`, valuesOf([deal]));
    return rows.length > 0;
  }

  /** Inserts or updates. */
  async save(tx: Transaction, deals: readonly Deal[]): Promise<void> {
    if (deals.length === 0) return;
    await tx.rows(
      `${INSERT} on conflict (id) do update set
         status = excluded.status, stage = excluded.stage, amount = excluded.amount, currency = excluded.currency,
         state = excluded.state`,
      valuesOf(deals),
    );
  }

  /** The open deal a person opened for a hand-off. */
  async openOf(tx: Transaction, handoffId: string): Promise<string | undefined> {
    const [row] = await tx.rows<{ id: string }>(
      `select id from deals where handoff_id = $1 and status = 'open' and source_id is null`,
      [handoffId],
    );
    return row?.id;
  }

  async addHistory(
    tx: Transaction,
    entries: readonly (DealHistoryEntry & { readonly dealId: string })[],
  ): Promise<void> {
    await tx.rows(
      `insert into deal_history (deal_id, type, at, detail)
       select deal_id, type, at, detail
       from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[])
         with ordinality as e (deal_id, type, at, detail, n) order by n`,
      [
        entries.map(({ dealId }) => dealId),
        entries.map(({ type }) => type),
        entries.map(({ at }) => toIso(at)),
        entries.map(({ detail }) => detail),
      ],
    );
  }

  /** A seller, for a manager one of the teams they lead. */
  async seller(tx: Transaction, sellerId: string, { leads, id }: Actor): Promise<Person | undefined> {
    const [seller] = await tx.rows<Person>(
      `select id, name from sellers where id = $1 ${leads ? `and id in (${sellersLedBy('$2')})` : ''}`,
      leads ? [sellerId, id] : [sellerId],
    );
    return seller;
  }

  /** By lead, the newest hand-off of its person that a seller accepted. */
  async leadingHandoffs(tx: Transaction, leadIds: readonly string[]): Promise<Map<string, LeadingHandoff>> {
    const rows = await tx.rows<HandoffRow>(
      `select distinct on (asked.id) asked.id as lead_id, handoffs.id, state -> 'seller' as seller
       from unnest($1::uuid[]) as asked(id) cross join lateral (${leadsOfPerson('asked.id')}) person
       join handoffs using (lead_id)
       where status in ('accepted', 'qualified')
       order by asked.id, opened_at desc, handoffs.id desc`,
      [leadIds],
    );
    return new Map(rows.map(({ lead_id, id, seller }) => [lead_id, { handoffId: id, seller }]));
  }
}

interface HandoffRow {
  readonly lead_id: string;
  readonly id: string;
  readonly seller: Person | null;
}

const INSERT = `
  insert into deals (id, lead_id, handoff_id, seller_id, source_id, external_id, opened_at, status, stage, amount, currency, state)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::text[],
    $9::text[], $10::float8[], $11::text[], $12::jsonb[])`;

const valuesOf = (deals: readonly Deal[]): unknown[] => [
  deals.map(({ id }) => id),
  deals.map(({ leadId }) => leadId),
  deals.map(({ handoffId }) => handoffId ?? null),
  deals.map(({ seller }) => seller?.id ?? null),
  deals.map(({ origin }) => origin?.sourceId ?? null),
  deals.map(({ origin }) => origin?.externalId ?? null),
  deals.map(({ openedAt }) => toIso(openedAt)),
  deals.map(({ status }) => status),
  deals.map(({ stage }) => stage),
  deals.map(({ value }) => value?.amount ?? null),
  deals.map(({ value }) => value?.currency ?? null),
  deals.map((deal) => JSON.stringify(toStored(deal))),
];
