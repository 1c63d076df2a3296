import { Database } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import type { Handoff, Status } from './handoff.js';
import type { HistoryEntry } from './history-entry.js';

export interface Wanted {
  readonly leadId?: string | undefined;
  readonly sellerId?: string | undefined;
  readonly status?: Status | undefined;
  /** Those after this one, newest first. */
  readonly after?: After | undefined;
  readonly limit: number;
}

export interface After {
  readonly openedAt: string;
  readonly id: string;
}

/** Hand-offs to be read: outside transactions, as they stand. */
@Injectable()
export class HandoffListing {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<Handoff | undefined> {
    const [row] = await this.database.rows<Row>('select state from handoffs where id = $1', [id]);
    return row?.state;
  }

  async list({ leadId, sellerId, status, after, limit }: Wanted): Promise<Handoff[]> {
    const values: unknown[] = [];
    const given = (value: unknown): string => `$${values.push(value)}`;
    const conditions = [
      ...(leadId ? [`lead_id = ${given(leadId)}::uuid`] : []),
      ...(sellerId ? [`seller_id = ${given(sellerId)}::uuid`] : []),
      ...(status ? [`status = ${given(status)}`] : []),
      ...(after
        ? [`(opened_at, id) < (${given(after.openedAt)}::timestamptz, ${given(after.id)}::uuid)`]
        : []),
    ];
    const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
    const rows = await this.database.rows<Row>(
      `select state from handoffs ${where} order by opened_at desc, id desc limit ${given(limit)}`,
      values,
    );
    return rows.map(({ state }) => state);
  }

  /** What happened to each of these, oldest first. */
  async historiesOf(ids: readonly string[]): Promise<Map<string, HistoryEntry[]>> {
    const rows = await this.database.rows<HistoryRow>(
      'select handoff_id, type, at, detail from handoff_history where handoff_id = any($1::uuid[]) order by handoff_id, id',
      [ids],
    );
    const histories = new Map<string, HistoryEntry[]>(ids.map((id) => [id, []]));
    for (const { handoff_id, type, at, detail } of rows) {
      histories.get(handoff_id)?.push({ type, at: at.toISOString(), detail });
    }
    return histories;
  }
}

interface Row {
  readonly state: Handoff;
}

interface HistoryRow {
  readonly handoff_id: string;
  readonly type: HistoryEntry['type'];
  readonly at: Date;
  readonly detail: string;
}
