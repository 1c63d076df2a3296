import { countErased, eraseDeadLetters, mentionsAnyOf, type Transaction } from '@baton/bus';
import type { ErasedRows, LeadErasureRequestedV1 } from '@baton/contracts';
import { Injectable } from '@nestjs/common';

const HANDOFFS = 'select id from handoffs where lead_id = any($1::uuid[])';
const DEALS = 'select id from deals where lead_id = any($1::uuid[])';

/**
 * Hand-offs go, deals stay without what people or a CRM wrote about them: amount, stage and seller are the company's numbers. Rows that
 * are found by their hand-off come first.
 */
const STATEMENTS: readonly (readonly [string, string])[] = [
  [
    'notice_deliveries',
    `delete from notice_deliveries where (body ->> 'leadId')::uuid = any($1::uuid[])
       or (body -> 'data' ->> 'leadId')::uuid = any($1::uuid[])`,
  ],
  ['assignment_decisions', `delete from assignment_decisions where handoff_id in (${HANDOFFS})`],
  ['handoff_history', `delete from handoff_history where handoff_id in (${HANDOFFS})`],
  [
    'timers',
    `delete from timers where key in (select id::text from handoffs where lead_id = any($1::uuid[]))`,
  ],
  ['agreement_terms', `delete from agreement_terms where handoff_id in (${HANDOFFS})`],
  ['routed_leads', 'delete from routed_leads where lead_id = any($1::uuid[])'],
  ['handoffs', 'delete from handoffs where lead_id = any($1::uuid[])'],
  ['deal_history', `update deal_history set detail = '' where deal_id in (${DEALS})`],
  [
    'deals',
    `update deals set source_id = null, external_id = null,
       state = state #- '{origin}' #- '{decision,reason}' #- '{decision,competitor}' || '{"requests": []}'
     where lead_id = any($1::uuid[])`,
  ],
  ['lead_sellers', 'delete from lead_sellers where lead_id = any($1::uuid[])'],
  ['lead_readiness', 'delete from lead_readiness where lead_id = any($1::uuid[])'],
  ['merged_leads', 'delete from merged_leads where lead_id = any($1::uuid[]) or into_id = any($1::uuid[])'],
];

@Injectable()
export class PersonRowsStore {
  /** The ids of all hand-offs of these leads. */
  async handoffsOf(tx: Transaction, leadIds: readonly string[]): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `select id from handoffs where lead_id = any($1::uuid[]) order by id`,
      [leadIds],
    );
    return rows.map(({ id }) => id);
  }

  /** @returns how many rows of each table were deleted or emptied */
  async erase(tx: Transaction, { leadIds, identifierHashes }: LeadErasureRequestedV1): Promise<ErasedRows[]> {
    const erased = await countErased(tx, STATEMENTS, [leadIds]);
    const letters = await eraseDeadLetters(tx, mentionsAnyOf(identifierHashes));
    return [...erased, { place: 'dead_letters', count: letters }];
  }
}
