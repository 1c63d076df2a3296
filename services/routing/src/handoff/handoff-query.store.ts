import { ReadDatabase, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { Handoff, Status } from './handoff.js';
import { visibleTo, type Bind } from './handoff-visibility.store.js';
import type { HistoryEntry } from './history-entry.js';
import { fromStored } from './stored-handoff.js';

/** Entries of a hand-off's history in an answer; older ones are left out. */
const MAX_HISTORY = 200;

export interface HandoffFilter {
  readonly id?: string | undefined;
  readonly leadId?: string | undefined;
  readonly sellerId?: string | undefined;
  readonly status?: Status | undefined;
}

/** Keyset of a page: the last hand-off of the page before. */
export interface AfterHandoff {
  /** UTC, ISO 8601. */
  readonly openedAt: string;
  readonly id: string;
}

export interface HandoffPage {
  readonly limit: number;
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

  /** Newest first. */
  async list(user: User, filter: HandoffFilter, { limit, after }: HandoffPage): Promise<Handoff[]> {
    const values: unknown[] = [];
    const bind: Bind = (value) => `$${values.push(value)}`;
    const conditions = [visibleTo(user, bind)];
    if (filter.id !== undefined) conditions.push(`id = ${bind(filter.id)}::uuid`);
    if (filter.leadId !== undefined) conditions.push(`lead_id = ${bind(filter.leadId)}::uuid`);
    if (filter.sellerId !== undefined) conditions.push(`seller_id = ${bind(filter.sellerId)}::uuid`);
    if (filter.status !== undefined) conditions.push(`status = ${bind(filter.status)}`);
    if (after)
      conditions.push(`(opened_at, id) < (${bind(after.openedAt)}::timestamptz, ${bind(after.id)}::uuid)`);
    const rows = await this.database.rows<StateRow>(
      `select state from handoffs where ${conditions.join(' and ')} order by opened_at desc, id desc limit ${bind(limit)}`,
      values,
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

interface StateRow {
  readonly state: object;
}

interface HistoryRow {
  readonly handoff_id: string;
  readonly type: HistoryEntry['type'];
  readonly at: Date;
  readonly detail: string;
}
