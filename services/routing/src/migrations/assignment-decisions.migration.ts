import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why each offer of a hand-off went to its seller; offer 0: why it waited. */
export class AssignmentDecisions1796600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // No foreign key: it would lock the row of the hand-off again.
    await runner.query(`
      create table assignment_decisions (
        handoff_id uuid not null,
        offer integer not null,
        at timestamptz not null,
        decision jsonb not null,
        primary key (handoff_id, offer)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table assignment_decisions`);
  }
}
