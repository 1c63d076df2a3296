import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { Handoff } from '../handoff/handoff.js';
import { leadsOfPerson } from '../person/same-person.js';
import { fromStored } from '../handoff/stored-handoff.js';

/** Hand-offs as they are now, without a lock. For notices only: what people read is limited to what they see. */
@Injectable()
export class CurrentHandoffsStore {
  constructor(private readonly database: ReadDatabase) {}

  async of(ids: readonly string[]): Promise<ReadonlyMap<string, Handoff>> {
    const rows = await this.database.rows<{ state: object }>(
      'select state from handoffs where id = any($1::uuid[])',
      [ids],
    );
    return new Map(rows.map(({ state }) => fromStored(state)).map((handoff) => [handoff.id, handoff]));
  }

  /** The latest hand-off of each lead's person that had a seller, by lead. */
  async lastOf(leadIds: readonly string[]): Promise<ReadonlyMap<string, Handoff>> {
    const rows = await this.database.rows<{ asked: string; state: object }>(
      `select asked.id as asked, last.state from unnest($1::uuid[]) as asked(id) cross join lateral (
         select state from handoffs where seller_id is not null and lead_id in (${leadsOfPerson('asked.id')})
         order by opened_at desc, id limit 1) last`,
      [leadIds],
    );
    return new Map(rows.map(({ asked, state }) => [asked, fromStored(state)]));
  }
}
