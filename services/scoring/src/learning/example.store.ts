import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { ExampleRow } from './example-row.js';

/** The moving window: newest hand-offs with a verdict that a model is trained on. */
const MAX_EXAMPLES = 20_000;

/** Hand-offs to learn from; their facts and verdicts are stored with the hand-off events. */
@Injectable()
export class ExampleStore {
  constructor(private readonly database: ReadDatabase) {}

  /** Hand-offs with a verdict, oldest first; without facts when only their outcomes are asked for. */
  async newest(most = MAX_EXAMPLES, withFacts = true): Promise<ExampleRow[]> {
    const rows = await this.database.rows<Omit<ExampleRow, 'at'> & { offered_at: Date }>(
      `select ${withFacts ? 'facts::text' : "'{}'"} as facts, offered_at,
         array(select json_build_object('verdict', verdict, 'teaches', teaches, 'reason', reason) from verdicts
           where verdicts.handoff_id = newest.handoff_id order by at, verdict) as verdicts,
         array(select json_build_object('state', state, 'teaches', teaches, 'reason', reason) from deals
           where deals.lead_id = newest.lead_id and deals.at >= offered_at order by at) as deals
       from (
         select * from handoff_facts
         where exists (select from verdicts where verdicts.handoff_id = handoff_facts.handoff_id)
         order by offered_at desc, handoff_id limit $1
       ) newest
       order by offered_at, handoff_id`,
      [most],
    );
    return rows.map(({ offered_at, ...row }) => ({ ...row, at: offered_at.getTime() }));
  }
}
