import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who owned a lead when, so that the owner of any past instant can be told. */
export class OwnerChanges1796350000000 implements MigrationInterface {
  readonly name = 'OwnerChanges1796350000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table owner_changes (
        handoff_id uuid not null,
        sequence integer not null,
        lead_id uuid not null,
        owner_id uuid,
        owner_name text,
        at timestamptz not null,
        primary key (handoff_id, sequence)
      )`);
    await runner.query('create index owner_changes_of_lead on owner_changes (lead_id, at)');
    // Of the time before this table only the present owner and the verdicts are known.
    await runner.query(`
      insert into owner_changes
      select distinct on (handoff_id) handoff_id, 0, lead_id, seller_id, null, at
      from verdicts where verdict <> 'rejected' order by handoff_id, at`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table owner_changes');
  }
}
