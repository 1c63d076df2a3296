import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The sellers who were ever offered a lead, and so see its hand-offs. */
export class LeadSellers1796000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table lead_sellers (
        seller_id uuid not null,
        lead_id uuid not null,
        primary key (seller_id, lead_id)
      )`);
    await runner.query(`
      insert into lead_sellers
      select seller_id, lead_id from handoffs where seller_id is not null
      union select seller::uuid, lead_id from handoffs, jsonb_array_elements_text(state -> 'avoid') as seller`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table lead_sellers`);
  }
}
