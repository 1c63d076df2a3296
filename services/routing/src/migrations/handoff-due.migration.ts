import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The inbox is read in the order in which its clocks run out. */
export class HandoffDue1796400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table handoffs add column due_at timestamptz not null default '9999-12-31T23:59:59.999Z'`,
    );
    // Version 1 of the state has ISO 8601 texts, version 2 milliseconds.
    await runner.query(`
      update handoffs set due_at = running.due_at from (
        select id, min(case jsonb_typeof(clock -> 'dueAt')
          when 'number' then to_timestamp((clock ->> 'dueAt')::float8 / 1000)
          else (clock ->> 'dueAt')::timestamptz end) as due_at
        from handoffs, jsonb_array_elements(state -> 'clocks') as clock
        where status in ('offered', 'accepted') and not clock ? 'metAt' group by id
      ) as running where handoffs.id = running.id`);
    await runner.query(`create index handoffs_due on handoffs (status, due_at, id)`);
    await runner.query(`create index handoffs_seller_due on handoffs (seller_id, status, due_at, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table handoffs drop column due_at`);
  }
}
