import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The sellers who were ever offered a lead, and so see it. */
export class LeadSellers1796000000000 implements MigrationInterface {
  readonly name = 'LeadSellers1796000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table lead_sellers (
        seller_id uuid not null,
        lead_id uuid not null,
        primary key (seller_id, lead_id)
      )`);
    // Of earlier offers the owners and verdicts are known; who let an offer pass is not.
    await runner.query(`
      insert into lead_sellers
      select owner_id, id from leads where owner_id is not null
      union select seller_id, lead_id from verdicts`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table lead_sellers');
  }
}
