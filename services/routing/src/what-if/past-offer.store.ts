import { ReadDatabase, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { handoffVisibleTo } from '../handoff/handoff-visibility.store.js';
import { toIso, type Instant } from '../policy/duration.js';
import type { RoutingFacts } from '../rules/routing-rules.js';
import type { RecordedOffer } from './simulate.js';

@Injectable()
export class PastOfferStore {
  constructor(private readonly database: ReadDatabase) {}

  /** The newest of a period, in the order of their times. */
  async of(
    user: User,
    { from, until, limit }: { readonly from: Instant; readonly until: Instant; readonly limit: number },
  ): Promise<RecordedOffer[]> {
    const values: unknown[] = [toIso(from), toIso(until), limit];
    const bind = (value: unknown): string => `$${values.push(value)}`;
    const rows = await this.database.rows<Row>(
      `select routed.*, coalesce(decision ->> 'team', team) as team, decision ->> 'sellerId' as seller_id, closed_at,
         coalesce(${handoffVisibleTo(user, bind)}, false) as is_seen
       from (select handoff_id, lead_id as routed_lead, at, facts, avoid from routed_leads
             where at >= $1 and at < $2 order by at desc, handoff_id desc limit $3) as routed
         join handoffs on id = routed.handoff_id
         left join assignment_decisions on assignment_decisions.handoff_id = routed.handoff_id and offer = 1
       order by routed.at, routed.handoff_id`,
      values,
    );
    return rows.map((row) => ({
      handoffId: row.handoff_id,
      leadId: row.routed_lead,
      at: row.at.getTime(),
      closedAt: row.closed_at?.getTime() ?? null,
      facts: row.facts,
      avoid: row.avoid,
      sellerId: row.seller_id,
      team: row.team,
      isSeen: row.is_seen,
    }));
  }
}

interface Row {
  readonly handoff_id: string;
  readonly routed_lead: string;
  readonly at: Date;
  readonly closed_at: Date | null;
  readonly facts: RoutingFacts;
  readonly avoid: readonly string[];
  readonly seller_id: string | null;
  readonly team: string;
  readonly is_seen: boolean;
}
