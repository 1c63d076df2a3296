import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sellers who are out of rotation until they answer. */
export class RestingSellers1799900000000 implements MigrationInterface {
  readonly name = 'RestingSellers1799900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table resting_sellers (
        seller_id uuid primary key references sellers on delete cascade,
        since timestamptz not null
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table resting_sellers');
  }
}
