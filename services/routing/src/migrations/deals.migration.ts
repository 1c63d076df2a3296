import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deals and what happened to them. */
export class Deals1796200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The state is one document, decided by the rules alone; the columns beside it are what queries look for.
    await runner.query(`
      create table deals (
        id uuid primary key,
        lead_id uuid not null,
        handoff_id uuid,
        seller_id uuid,
        source_id text,
        external_id text,
        opened_at timestamptz not null,
        status text not null check (status in ('open', 'won', 'lost', 'churned')),
        stage text not null,
        amount double precision,
        currency text,
        state jsonb not null
      ) with (fillfactor = 80)`);
    // A CRM may have several open deals of one hand-off.
    await runner.query(
      `create unique index deals_open on deals (handoff_id) where status = 'open' and source_id is null`,
    );
    await runner.query(`create index deals_lead on deals (lead_id)`);
    await runner.query(`create index deals_newest on deals (opened_at desc, id desc)`);
    await runner.query(`create index deals_seller on deals (seller_id, opened_at desc, id desc)`);
    await runner.query(`
      create table deal_history (
        deal_id uuid not null,
        id bigint generated always as identity,
        type text not null,
        at timestamptz not null,
        detail text not null,
        primary key (deal_id, id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table deal_history, deals`);
  }
}
