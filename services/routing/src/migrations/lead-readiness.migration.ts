import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stage changes are judged by their sequence; a hand-off belongs to a team. */
export class LeadReadiness1795824000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table lead_readiness (
        lead_id uuid primary key,
        sequence bigint not null,
        moved_back boolean not null,
        ready_sequence bigint not null,
        verdict_sequence bigint not null,
        offered_sequence bigint
      ) with (fillfactor = 80)`);
    // No foreign key: its check would lock the row of the team for every new hand-off.
    await runner.query(`alter table handoffs add column team text not null default 'Sales'`);
    await runner.query(`alter table handoffs alter column team drop default`);
    await runner.query(`drop index handoffs_waiting`);
    await runner.query(
      `create index handoffs_waiting on handoffs (team, opened_at, id) where status = 'waiting'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index handoffs_waiting`);
    await runner.query(`create index handoffs_waiting on handoffs (opened_at) where status = 'waiting'`);
    await runner.query(`alter table handoffs drop column team`);
    await runner.query(`drop table lead_readiness`);
  }
}
