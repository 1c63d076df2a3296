import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Refused messages that were cut are emptied: an erasure finds only addresses in a part of one. */
export class WholeRefusedMessages1799700000001 implements MigrationInterface {
  readonly name = 'WholeRefusedMessages1799700000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`update refused_messages set message = '' where message is not json`);
    await runner.query(`
      update received_requests set entries = (
        select jsonb_agg(case when entry ->> 'message' is not json then entry - 'message' else entry end order by place)
        from jsonb_array_elements(entries) with ordinality each (entry, place))
      where exists (select from jsonb_array_elements(entries) entry where entry ->> 'message' is not json)`);
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}
