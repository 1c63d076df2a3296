import type { Queryable, Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { toIso, type Instant } from '../policy/duration.js';
import { leadsOfPerson } from '../person/same-person.js';
import { accountOf, type RoutedLead } from './choose.js';
import type { RoutingFacts } from './routing-rules.js';

/** What the rules decided on for each hand-off: whose account it is later, and what other rules would have decided. */
@Injectable()
export class RoutedLeadStore {
  async add(
    tx: Transaction,
    leads: readonly (Omit<RoutedLead, 'route'> & { readonly handoffId: string })[],
    now: Instant,
  ): Promise<void> {
    await tx.rows(
      `insert into routed_leads (handoff_id, lead_id, at, account, facts, avoid)
       select handoff_id, lead_id, $5, account, facts, avoid
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::jsonb[], $6::jsonb[]) as l (handoff_id, lead_id, account, facts, avoid)
       on conflict (handoff_id) do nothing`,
      [
        leads.map(({ handoffId }) => handoffId),
        leads.map(({ leadId }) => leadId),
        leads.map(({ facts }) => accountOf(facts) ?? null),
        leads.map(({ facts }) => JSON.stringify(facts)),
        toIso(now),
        leads.map(({ avoid }) => JSON.stringify(avoid)),
      ],
    );
  }

  async factsOf(reader: Queryable, leadId: string): Promise<RoutingFacts> {
    const [row] = await reader.rows<{ facts: RoutingFacts }>(
      `select facts from routed_leads where lead_id in (${leadsOfPerson('$1::uuid')}) order by at desc limit 1`,
      [leadId],
    );
    return row?.facts ?? {};
  }
}
