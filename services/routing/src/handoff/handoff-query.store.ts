import { ReadDatabase, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { toIso } from '../policy/duration.js';
import { leadsOfPerson } from '../person/same-person.js';
import { dueAtOf } from './handoff.store.js';
import type { Handoff, Status } from './handoff.js';
import { handoffVisibleTo, type Bind } from './handoff-visibility.store.js';
import type { HistoryEntry } from './history-entry.js';
import { fromStored } from './stored-handoff.js';

/** Entries of a hand-off's history in an answer; older ones are left out. */
const MAX_HISTORY = 200;

export interface HandoffFilter {
  readonly id?: string | undefined;
  /** Those of the lead's person. */
  readonly leadId?: string | undefined;
  readonly sellerId?: string | undefined;
  readonly status?: Status | undefined;
  /** Open ones of sellers who are away at this instant, UTC. */
  readonly sellerAwayAt?: string | undefined;
}

/** `due`: those whose clocks run out first; `newest`: those opened last. */
export const ORDERS = ['due', 'newest'] as const;
export type Order = (typeof ORDERS)[number];

/** Keyset of a page: the last hand-off of the page before, when it was opened or is due. */
export interface AfterHandoff {
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly id: string;
}

export const positionOf = (handoff: Handoff, order: Order): AfterHandoff => ({
  at: order === 'due' ? dueAtOf(handoff) : toIso(handoff.openedAt),
  id: handoff.id,
});

export interface HandoffPage {
  readonly limit: number;
  readonly order?: Order | undefined;
  readonly after?: AfterHandoff | undefined;
}

/** Queries for the HTTP API; takes no locks. A hand-off that the user does not see is not found. */
@Injectable()
export class HandoffQueryStore {
  constructor(private readonly database: ReadDatabase) {}

  async find(user: User, id: string): Promise<Handoff | undefined> {
    const [handoff] = await this.list(user, { id }, { limit: 1 });
    return handoff;
  }

  async list(
    user: User,
    filter: HandoffFilter,
    { limit, order = 'newest', after }: HandoffPage,
  ): Promise<Handoff[]> {
    const { column, than, direction } = SORTED[order];
    const values: unknown[] = [];
    const bind: Bind = (value) => `$${values.push(value)}`;
    const conditions = [handoffVisibleTo(user, bind)];
    if (filter.id !== undefined) conditions.push(`id = ${bind(filter.id)}::uuid`);
    if (filter.leadId !== undefined)
      conditions.push(`lead_id in (${leadsOfPerson(`${bind(filter.leadId)}::uuid`)})`);
    if (filter.sellerId !== undefined) conditions.push(`seller_id = ${bind(filter.sellerId)}::uuid`);
    if (filter.status !== undefined) conditions.push(`status = ${bind(filter.status)}`);
    if (filter.sellerAwayAt !== undefined)
      conditions.push(
        `status in ('offered', 'accepted') and seller_id in (${awaySellers(bind(filter.sellerAwayAt))})`,
      );
    if (after)
      conditions.push(`(${column}, id) ${than} (${bind(after.at)}::timestamptz, ${bind(after.id)}::uuid)`);
    const rows = await this.database.rows<StateRow>(
      `select state from handoffs where ${conditions.join(' and ')} order by ${column} ${direction}, id ${direction} limit ${bind(limit)}`,
      values,
    );
    return rows.map(({ state }) => fromStored(state));
  }

  /** Offered and accepted hand-offs of these sellers. */
  async openOf(sellerIds: readonly string[], limit: number): Promise<Handoff[]> {
    const rows = await this.database.rows<StateRow>(
      `select state from handoffs where seller_id = any($1::uuid[]) and status in ('offered', 'accepted') limit $2`,
      [sellerIds, limit],
    );
    return rows.map(({ state }) => fromStored(state));
  }

  /** The last `MAX_HISTORY` entries of each of these hand-offs, oldest first. */
  async historiesOf(ids: readonly string[]): Promise<Map<string, HistoryEntry[]>> {
    const rows = await this.database.rows<HistoryRow>(
      `select h.* from unnest($1::uuid[]) as wanted (id) cross join lateral (
         select handoff_id, id, type, at, detail from handoff_history
         where handoff_id = wanted.id order by id desc limit $2
       ) as h order by h.handoff_id, h.id`,
      [ids, MAX_HISTORY],
    );
    const histories = new Map<string, HistoryEntry[]>(ids.map((id) => [id, []]));
    for (const { handoff_id, type, at, detail } of rows)
      histories.get(handoff_id)?.push({ type, at: at.getTime(), detail });
    return histories;
  }
}

const SORTED = {
  due: { column: 'due_at', than: '>', direction: 'asc' },
  newest: { column: 'opened_at', than: '<', direction: 'desc' },
} as const satisfies Record<Order, object>;

const awaySellers = (instant: string): string =>
  `select id from sellers where not available or exists (
     select from jsonb_to_recordset(absences) as absence ("from" timestamptz, until timestamptz)
     where "from" <= ${instant}::timestamptz and ${instant}::timestamptz < until)`;

interface StateRow {
  readonly state: object;
}

interface HistoryRow {
  readonly handoff_id: string;
  readonly type: HistoryEntry['type'];
  readonly at: Date;
  readonly detail: string;
}
