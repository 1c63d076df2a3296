import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Teams, sellers, hand-offs and what happened to them. */
export class RoutingTables1767312000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table teams (name text primary key)`);
    await runner.query(`insert into teams (name) values ('Sales')`);
    await runner.query(`
      create table sellers (
        id uuid primary key,
        name text not null,
        team text not null references teams,
        weight double precision not null check (weight > 0),
        available boolean not null,
        max_open integer,
        max_per_day integer,
        pointer double precision not null default 0,
        offers integer not null default 0,
        offers_on date not null default '1970-01-01'
      )`);
    // The state is one document, decided by the rules alone; the columns beside it are what queries look for.
    await runner.query(`
      create table handoffs (
        id uuid primary key,
        lead_id uuid not null,
        seller_id uuid,
        status text not null check (status in ('waiting', 'offered', 'accepted', 'rejected', 'qualified')),
        opened_at timestamptz not null,
        closed_at timestamptz,
        state jsonb not null
      ) with (fillfactor = 80)`);
    await runner.query(`
      create unique index handoffs_open on handoffs (lead_id) where status in ('waiting', 'offered', 'accepted')`);
    await runner.query(`create index handoffs_lead on handoffs (lead_id)`);
    await runner.query(`create index handoffs_newest on handoffs (opened_at desc, id desc)`);
    await runner.query(`create index handoffs_seller on handoffs (seller_id, opened_at desc, id desc)`);
    await runner.query(`
      create index handoffs_load on handoffs (seller_id) where status in ('offered', 'accepted')`);
    await runner.query(`create index handoffs_waiting on handoffs (opened_at) where status = 'waiting'`);
    // No foreign key: every line is written in the transaction that locks or makes its hand-off, and the check would lock it again.
    await runner.query(`
      create table handoff_history (
        handoff_id uuid not null,
        id bigint generated always as identity,
        type text not null,
        at timestamptz not null,
        detail text not null,
        primary key (handoff_id, id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table handoff_history, handoffs, sellers, teams`);
  }
}
