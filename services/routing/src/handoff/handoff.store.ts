import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { toIso } from '../policy/duration.js';
import type { Actor } from './actor.js';
import { leadOfferedTo, leadOfLed } from './handoff-visibility.store.js';
import { foldedNeeds } from '../team/needs.js';
import type { Candidate } from '../team/team.js';
import { decisionOf, isOpen, poolsOf, runsOutAt, type Handoff } from './handoff.js';
import type { HistoryEntry } from './history-entry.js';
import { currentLeadOf, leadsOfPerson } from '../person/same-person.js';
import { fromStored, toStored } from './stored-handoff.js';

/** The hand-offs of a lead so far. */
export interface LeadHandoffs {
  readonly hasOpen: boolean;
  /** The sellers who rejected the lead. */
  readonly rejectedBy: readonly string[];
}

export interface WaitingFilter {
  readonly team: string;
  /** `fallback`: hand-offs of other teams that this one gets when they have no seller. */
  readonly as: 'own' | 'fallback';
  /** Only hand-offs that at least one of these sellers may be offered. */
  readonly sellers: readonly Pick<Candidate, 'id' | 'tags'>[];
  readonly limit: number;
}

/** Hand-offs as transactions lock and change them. */
@Injectable()
export class HandoffStore {
  /** The hand-off, locked; waits for a transaction that holds it. */
  async lock(tx: Transaction, id: string): Promise<Handoff | undefined> {
    const [row] = await tx.rows<StateRow>('select state from handoffs where id = $1 for update', [id]);
    return row && fromStored(row.state);
  }

  /** Whether a seller was ever offered its lead, or a seller whom a manager leads. */
  async isSeenBy(tx: Transaction, id: string, { id: userId, acts }: Actor): Promise<boolean> {
    const seen = acts === 'own' ? leadOfferedTo('$2') : leadOfLed('$2');
    const rows = await tx.rows(`select from handoffs where id = $1 and ${seen}`, [id, userId]);
    return rows.length > 0;
  }

  /** Locks those that no other transaction holds, without waiting; `busy`: the ids of the others. */
  async lockAvailable(
    tx: Transaction,
    ids: readonly string[],
  ): Promise<{ handoffs: Handoff[]; busy: string[] }> {
    const rows = await tx.rows<StateRow>(
      'select state from handoffs where id = any($1::uuid[]) order by id for update skip locked',
      [ids],
    );
    const handoffs = rows.map(({ state }) => fromStored(state));
    const locked = new Set(handoffs.map(({ id }) => id));
    const missing = ids.filter((id) => !locked.has(id));
    if (missing.length === 0) return { handoffs, busy: [] };
    const busy = await tx.rows<{ id: string }>('select id from handoffs where id = any($1::uuid[])', [
      missing,
    ]);
    return { handoffs, busy: busy.map(({ id }) => id) };
  }

  /**
   * The oldest waiting hand-offs, locked, without those that another transaction holds, and those whose person is with a seller already or
   * waits in an older one.
   */
  async lockWaiting(tx: Transaction, { team, as, sellers, limit }: WaitingFilter): Promise<Handoff[]> {
    const rows = await tx.rows<StateRow>(
      `select state from handoffs
       where status = 'waiting' and ${as === 'own' ? 'team' : 'fallback_team'} = $1
         and exists (
           select from jsonb_to_recordset($2::jsonb) as seller (id text, skills jsonb, languages jsonb, territories jsonb)
           where not (state -> 'avoid') ? seller.id ${as === 'own' ? `and ${MEETS_NEEDS}` : ''})
         and not exists (${OTHER_OF_PERSON})
       order by opened_at, id limit $3 for update skip locked`,
      [team, JSON.stringify(sellers.map(({ id, tags }) => ({ id, ...tags }))), limit],
    );
    return rows.map(({ state }) => fromStored(state));
  }

  /** Hand-offs offered to these sellers and not accepted, in order of their ids, locked. */
  async lockOfferedTo(tx: Transaction, sellerIds: readonly string[], limit: number): Promise<Handoff[]> {
    const rows = await tx.rows<StateRow>(
      `select state from handoffs where seller_id = any($1::uuid[]) and status = 'offered'
       order by id limit $2 for update`,
      [sellerIds, limit],
    );
    return rows.map(({ state }) => fromStored(state));
  }

  /** Of each of these sellers so many offered and accepted hand-offs after one, in order of their ids, locked. */
  async lockOpenOf(
    tx: Transaction,
    sellers: readonly { readonly sellerId: string; readonly after: string | undefined }[],
    limit: number,
  ): Promise<Handoff[]> {
    const rows = await tx.rows<StateRow>(
      `select state from handoffs where id in (
         select own.id from unnest($1::uuid[], $2::uuid[]) as seller (id, after) cross join lateral (
           select id from handoffs
           where seller_id = seller.id and status in ('offered', 'accepted') and (seller.after is null or id > seller.after)
           order by id limit $3
         ) as own
       ) order by id for update`,
      [sellers.map(({ sellerId }) => sellerId), sellers.map(({ after }) => after ?? null), limit],
    );
    // A hand-off that moved on while this waited for its lock is another seller's matter.
    const ids = new Set(sellers.map(({ sellerId }) => sellerId));
    return rows.map(({ state }) => fromStored(state)).filter(({ seller }) => seller && ids.has(seller.id));
  }

  /** The offered and accepted hand-offs of the persons of these leads, locked, by person; only of those who have any. */
  async lockOpenOfPersons(tx: Transaction, leadIds: readonly string[]): Promise<Handoff[][]> {
    const rows = await tx.rows<StateRow & { readonly person: string }>(
      `select state, ${currentLeadOf('handoffs.lead_id')} as person from handoffs
       where status in ('offered', 'accepted') and lead_id in (
         select person.lead_id from unnest($1::uuid[]) as asked(id) cross join lateral (${leadsOfPerson('asked.id')}) person)
       order by id for update`,
      [leadIds],
    );
    const persons = new Map<string, Handoff[]>();
    for (const { person, state } of rows)
      persons.set(person, [...(persons.get(person) ?? []), fromStored(state)]);
    return [...persons.values()];
  }

  /** Those of these sellers who have hand-offs offered and not accepted. */
  async sellersWithOffers(tx: Transaction, sellerIds: readonly string[]): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `select seller as id from unnest($1::uuid[]) as seller
       where exists (select from handoffs where seller_id = seller and status = 'offered')`,
      [sellerIds],
    );
    return rows.map(({ id }) => id);
  }

  /** The hand-offs of the lead's person, by lead; leads without hand-offs are missing. */
  async ofLeads(tx: Transaction, leadIds: readonly string[]): Promise<Map<string, LeadHandoffs>> {
    const rows = await tx.rows<LeadRow>(
      `select asked.id as lead_id, bool_or(closed_at is null) as has_open,
         coalesce(array_agg(distinct seller_id) filter (where status = 'rejected'), '{}') as rejected_by
       from unnest($1::uuid[]) as asked(id) cross join lateral (${leadsOfPerson('asked.id')}) person
       join handoffs using (lead_id) group by asked.id`,
      [leadIds],
    );
    return new Map(rows.map((row) => [row.lead_id, { hasOpen: row.has_open, rejectedBy: row.rejected_by }]));
  }

  /** Inserts or updates, in one statement for a batch that has both, and keeps who was offered each lead. */
  async save(tx: Transaction, handoffs: readonly Handoff[]): Promise<void> {
    if (handoffs.length === 0) return;
    await tx.rows(
      `with offered as (
         insert into lead_sellers (seller_id, lead_id)
         select distinct seller_id, lead_id from unnest($2::uuid[], $4::uuid[]) as offer (lead_id, seller_id)
         where seller_id is not null order by 1, 2 on conflict do nothing
       )
       insert into handoffs (id, lead_id, team, seller_id, status, opened_at, closed_at, state, due_at, fallback_team,
         needs)
       select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[],
         $7::timestamptz[], $8::jsonb[], $9::timestamptz[], $10::text[], $11::jsonb[])
       on conflict (id) do update set
         team = excluded.team, seller_id = excluded.seller_id, status = excluded.status,
         closed_at = excluded.closed_at, state = excluded.state, due_at = excluded.due_at,
         fallback_team = excluded.fallback_team, needs = excluded.needs`,
      [
        handoffs.map(({ id }) => id),
        handoffs.map(({ leadId }) => leadId),
        handoffs.map(({ team }) => team),
        handoffs.map(({ seller }) => seller?.id ?? null),
        handoffs.map(({ status }) => status),
        handoffs.map(({ openedAt }) => toIso(openedAt)),
        handoffs.map(closedAtOf),
        handoffs.map((handoff) => JSON.stringify(toStored(handoff))),
        handoffs.map(dueAtOf),
        handoffs.map(fallbackTeamOf),
        handoffs.map(needsOf),
      ],
    );
  }

  async addHistory(
    tx: Transaction,
    entries: readonly (HistoryEntry & { readonly handoffId: string })[],
  ): Promise<void> {
    if (entries.length === 0) return;
    await tx.rows(
      `insert into handoff_history (handoff_id, type, at, detail)
       select handoff_id, type, at, detail
       from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[])
         with ordinality as e (handoff_id, type, at, detail, n) order by n`,
      [
        entries.map(({ handoffId }) => handoffId),
        entries.map(({ type }) => type),
        entries.map(({ at }) => toIso(at)),
        entries.map(({ detail }) => detail),
      ],
    );
  }
}

interface StateRow {
  readonly state: object;
}

interface LeadRow {
  readonly lead_id: string;
  readonly has_open: boolean;
  readonly rejected_by: string[];
}

/** The last instant for hand-offs without a running clock. */
export const dueAtOf = (handoff: Handoff): string => {
  const at = runsOutAt(handoff);
  return at === undefined ? '9999-12-31T23:59:59.999Z' : toIso(at);
};

/** The team that is asked for a waiting hand-off after its own. */
const fallbackTeamOf = ({ status, team, pools = [] }: Handoff): string | null =>
  (status === 'waiting' && pools.find((pool) => pool.team !== team)?.team) || null;

/** What a seller of its team must have; null: nothing. */
const needsOf = (handoff: Handoff): string | null => {
  const needs = poolsOf(handoff).map((pool) => pool.needs);
  const [first] = needs;
  return handoff.status === 'waiting' && first && !needs.includes(undefined)
    ? JSON.stringify(foldedNeeds(first))
    : null;
};

const closedAtOf = (handoff: Handoff): string | null => {
  const decision = decisionOf(handoff);
  return isOpen(handoff) || !decision ? null : toIso(decision.at);
};

/** As `lackOf` decides: a page of hand-offs without a seller for them would hide those behind it. */
const MEETS_NEEDS = `
  (needs is null
    or (needs -> 'sellers' is null or needs -> 'sellers' ? seller.id)
      and seller.skills @> coalesce(needs -> 'skills', '[]') and seller.languages @> coalesce(needs -> 'languages', '[]')
      and (needs -> 'territories' is null or exists (
        select from jsonb_array_elements_text(needs -> 'territories') as territory where seller.territories ? territory)))`;

/** Another hand-off of the same person that goes before a waiting one. */
const OTHER_OF_PERSON = `
  select from handoffs other
  where other.id <> handoffs.id and other.lead_id in (${leadsOfPerson('handoffs.lead_id')})
    and (other.status in ('offered', 'accepted')
      or other.status = 'waiting' and (other.opened_at, other.id) < (handoffs.opened_at, handoffs.id))`;
