import { onlySellerSeenBy, ReadDatabase, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { leadsOfPerson } from '../person/same-person.js';
import { visibleTo, type Bind } from '../handoff/handoff-visibility.store.js';
import type { Deal, DealStatus } from './deal.js';
import type { DealHistoryEntry } from './deal-history.js';
import { seenByManager } from './deal.store.js';
import { fromStored, type StateRow } from './stored-deal.js';

/** Entries of a deal's history in an answer; older ones are left out. */
const MAX_HISTORY = 100;

export interface DealFilter {
  readonly id?: string | undefined;
  readonly leadId?: string | undefined;
  readonly sellerId?: string | undefined;
  readonly status?: DealStatus | undefined;
  readonly stage?: string | undefined;
}

/** Keyset of a page: the last deal of the page before. */
export interface AfterDeal {
  /** UTC, ISO 8601. */
  readonly openedAt: string;
  readonly id: string;
}

/** Deals of one status, stage and currency; without a value the currency is null. */
export interface DealTotal {
  readonly state: DealStatus;
  readonly stage: string;
  readonly currency: string | null;
  readonly deals: number;
  readonly amount: number;
}

/** Queries for the HTTP API; takes no locks. A seller sees the deals that are theirs or of leads they were offered. */
@Injectable()
export class DealQueryStore {
  constructor(private readonly database: ReadDatabase) {}

  async find(user: User, id: string): Promise<Deal | undefined> {
    const [deal] = await this.list(user, { id }, { limit: 1 });
    return deal;
  }

  /** Newest first. */
  async list(
    user: User,
    filter: DealFilter,
    { limit, after }: { readonly limit: number; readonly after?: AfterDeal | undefined },
  ): Promise<Deal[]> {
    const values: unknown[] = [];
    const bind: Bind = (value) => `$${values.push(value)}`;
    const conditions = conditionsOf(user, filter, bind);
    if (after)
      conditions.push(`(opened_at, id) < (${bind(after.openedAt)}::timestamptz, ${bind(after.id)}::uuid)`);
    const rows = await this.database.rows<StateRow>(
      `select state from deals where ${conditions.join(' and ')} order by opened_at desc, id desc limit ${bind(limit)}`,
      values,
    );
    return rows.map(({ state }) => fromStored(state));
  }

  async totals(user: User, filter: DealFilter): Promise<DealTotal[]> {
    const values: unknown[] = [];
    const conditions = conditionsOf(user, filter, (value) => `$${values.push(value)}`);
    return this.database.rows<DealTotal>(
      `select status as state, stage, currency, count(*)::integer as deals, coalesce(sum(amount), 0)::float8 as amount
       from deals where ${conditions.join(' and ')} group by 1, 2, 3 order by 1, 2, 3 limit 1000`,
      values,
    );
  }

  /** The last `MAX_HISTORY` entries of each of these deals, oldest first. */
  async historiesOf(ids: readonly string[]): Promise<Map<string, DealHistoryEntry[]>> {
    const rows = await this.database.rows<HistoryRow>(
      `select h.* from unnest($1::uuid[]) as wanted (id) cross join lateral (
         select deal_id, id, type, at, detail from deal_history
         where deal_id = wanted.id order by id desc limit $2
       ) as h order by h.deal_id, h.id`,
      [ids, MAX_HISTORY],
    );
    const histories = new Map<string, DealHistoryEntry[]>(ids.map((id) => [id, []]));
    for (const { deal_id, type, at, detail } of rows)
      histories.get(deal_id)?.push({ type, at: at.getTime(), detail });
    return histories;
  }
}

const conditionsOf = (user: User, filter: DealFilter, bind: Bind): string[] => {
  const conditions = [visibleDeals(user, bind)];
  if (filter.id !== undefined) conditions.push(`id = ${bind(filter.id)}::uuid`);
  if (filter.leadId !== undefined)
    conditions.push(`lead_id in (${leadsOfPerson(`${bind(filter.leadId)}::uuid`)})`);
  if (filter.sellerId !== undefined) conditions.push(`seller_id = ${bind(filter.sellerId)}::uuid`);
  if (filter.status !== undefined) conditions.push(`status = ${bind(filter.status)}`);
  if (filter.stage !== undefined) conditions.push(`stage = ${bind(filter.stage)}`);
  return conditions;
};

const visibleDeals = (user: User, bind: Bind): string => {
  if (user.role === 'manager') return seenByManager(bind(user.id));
  const seller = onlySellerSeenBy(user);
  const seen = visibleTo(user, bind);
  return seller === undefined ? seen : `(seller_id = ${bind(seller)}::uuid or ${seen})`;
};

interface HistoryRow {
  readonly deal_id: string;
  readonly type: DealHistoryEntry['type'];
  readonly at: Date;
  readonly detail: string;
}
