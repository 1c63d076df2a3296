import type { StageReason } from '@baton/contracts';
import { ReadDatabase, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { AccountStore } from '../account/account.store.js';
import { IDENTIFIER_KINDS } from '../identity/identifier.js';
import type { LeadFilter } from './lead-filter.js';
import { conditionsOf } from './lead-filter.store.js';
import { fromRow, LEAD_COLUMNS, type LeadRow } from './lead-row.js';
import { visibleTo, type Bind } from './lead-sellers.store.js';
import { SORT_COLUMNS, type LeadPosition, type LeadSort } from './lead-sort.js';
import type { Lead } from './lead.js';

/** A change of stage, and why; older ones have no reason. */
export interface StageChange {
  readonly from: string;
  readonly stage: string;
  readonly cause: string;
  readonly reason: StageReason | null;
  readonly at: Date;
}

const MAX_STAGE_CHANGES = 500;

/** A nurture signal of a lead, as it was given. */
export interface GivenSignal {
  readonly reason: string;
  readonly words: string;
  readonly since: Date;
  readonly at: Date;
}

const MAX_SIGNALS = 200;

export interface LeadPage {
  readonly sort: LeadSort;
  readonly limit: number;
  readonly after?: LeadPosition | undefined;
}

/** A lead with its place in the list. */
export interface FoundLead {
  readonly lead: Lead;
  readonly position: LeadPosition;
}

/** Leads that are counted; of more it is said that there are more. */
export const MAX_COUNTED = 10_000;

/**
 * Queries for the HTTP API; takes no locks. A lead that the user does not see is not found; what belongs to a lead is asked for with
 * a lead that was. All conditions and sorts are on `lead_list` and
 * `lead_standings`, whose indexes they use; `leads` is read by id.
 */
@Injectable()
export class LeadQueryStore {
  constructor(
    private readonly database: ReadDatabase,
    private readonly accounts: AccountStore,
  ) {}

  /** The first leads of the list, or those after a position. */
  async search(user: User, filter: LeadFilter, page: LeadPage): Promise<FoundLead[]> {
    const [query, values] = searchQuery(user, filter, page);
    const rows = await this.database.rows<LeadRow & { key: string }>(query, values);
    const leads = await this.accounts.joined(this.database, rows.map(fromRow));
    return leads.map((lead, place) => ({
      lead,
      position: { sort: page.sort, key: rows[place]!.key, id: lead.id },
    }));
  }

  /** How many leads of the list there are, and {@link MAX_COUNTED} + 1 for any number above. */
  async count(user: User, filter: LeadFilter): Promise<number> {
    const [row] = await this.database.rows<{ count: number }>(...countQuery(user, filter));
    return row!.count;
  }

  async find(user: User, id: string): Promise<Lead | undefined> {
    const [found] = await this.search(user, { ids: [id] }, { sort: 'newest', limit: 1 });
    return found?.lead;
  }

  /** Of leads that are part of others now, their ids by the lead they are part of. */
  async formerIds(ids: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await this.database.rows<{ id: string; merged_into: string }>(
      'select id, merged_into from leads where id = any($1::uuid[]) and merged_into is not null',
      [ids],
    );
    const byLead = new Map<string, string[]>();
    for (const { id, merged_into } of rows) byLead.set(merged_into, [...(byLead.get(merged_into) ?? []), id]);
    return byLead;
  }

  /** Strongest kind first. */
  async identifiersOf({ id }: Lead): Promise<{ kind: string; value: string }[]> {
    return this.database.rows<{ kind: string; value: string }>(
      `select kind, value from identifiers where lead_id = $1
       order by array_position($2::text[], kind), value`,
      [id, IDENTIFIER_KINDS],
    );
  }

  /** The newest changes of a lead's stage, in order. */
  async stagesOf({ id }: Lead): Promise<StageChange[]> {
    return this.database.rows<StageChange>(
      `select * from (
         select version, from_stage as "from", to_stage as stage, cause, reason, at from stage_changes
         where lead_id = $1 order by version desc limit ${MAX_STAGE_CHANGES}
       ) newest order by version`,
      [id],
    );
  }

  /** The newest signals of a lead, in order. */
  async signalsOf({ id }: Lead): Promise<GivenSignal[]> {
    return this.database.rows<GivenSignal>(
      `select * from (
         select version, rule as reason, words, since, at from nurture_signals
         where lead_id = $1 order by version desc limit ${MAX_SIGNALS}
       ) newest order by version`,
      [id],
    );
  }
}

type Query = [text: string, values: unknown[]];

/** The leads of a page, in its order, with the `key` of each. */
export const searchQuery = (user: User, filter: LeadFilter, { sort, limit, after }: LeadPage): Query => {
  const values: unknown[] = [];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const { table, column, type, key } = SORT_COLUMNS[sort];
  const conditions = [visibleTo(user, bind), ...conditionsOf(filter, bind, user)];
  if (after)
    conditions.push(
      `(${table}.${column}, ${table}.id) < (${bind(after.key)}::${type}, ${bind(after.id)}::uuid)`,
    );
  const text = `
    select ${LEAD_COLUMNS}, page.key from (
      select leads.id, ${table}.${column} as sorted, ${key} as key
      from lead_list leads ${table === 'standings' ? 'join lead_standings standings using (id)' : ''}
      where ${conditions.join(' and ')}
      order by ${table}.${column} desc, ${table}.id desc limit ${bind(limit)}
    ) page join leads using (id)
    order by page.sorted desc, id desc`;
  return [text, values];
};

export const countQuery = (user: User, filter: LeadFilter): Query => {
  const values: unknown[] = [];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const conditions = [visibleTo(user, bind), ...conditionsOf(filter, bind, user)];
  const text = `select count(*)::integer as count from (
    select from lead_list leads where ${conditions.join(' and ')} limit ${MAX_COUNTED + 1}) counted`;
  return [text, values];
};
