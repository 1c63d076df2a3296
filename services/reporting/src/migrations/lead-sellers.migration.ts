import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The sellers who were ever offered a lead, and so see its events on the live stream. */
export class LeadSellers1796000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table lead_sellers (
        lead_id uuid not null,
        seller_id uuid not null,
        primary key (lead_id, seller_id)
      )`);
    await runner.query('insert into lead_sellers select distinct lead_id, seller_id from handoff_facts');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table lead_sellers');
  }
}
