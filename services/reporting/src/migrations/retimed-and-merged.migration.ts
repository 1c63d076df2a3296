import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When each due instant was said, so that the newest counts; and which leads are one person, for the live stream. */
export class RetimedAndMerged1796300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table handoff_facts
      add column accept_due_said_at timestamptz not null default '-infinity',
      add column touch_due_said_at timestamptz not null default '-infinity'`);
    await runner.query(`
      create table live_links (
        lead_id uuid primary key,
        into_lead_id uuid,
        sequence bigint not null
      )`);
    await runner.query('insert into live_links select lead_id, into_lead_id, sequence from lead_links');
    await runner.query('create index on live_links (into_lead_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table live_links');
    await runner.query(
      'alter table handoff_facts drop column accept_due_said_at, drop column touch_due_said_at',
    );
  }
}
