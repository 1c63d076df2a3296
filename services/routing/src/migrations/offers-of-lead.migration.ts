import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a manager sees a lead is asked for each lead, by who was offered it. */
export class OffersOfLead1798300000001 implements MigrationInterface {
  readonly name = 'OffersOfLead1798300000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index lead_sellers_of_lead on lead_sellers (lead_id, seller_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index lead_sellers_of_lead');
  }
}
