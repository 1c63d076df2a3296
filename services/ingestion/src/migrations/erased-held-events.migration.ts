import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which erased identifiers are of one person alone, and the held events that were dropped because of them. */
export class ErasedHeldEvents1799700000000 implements MigrationInterface {
  readonly name = 'ErasedHeldEvents1799700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table erased_identifiers add personal boolean not null default false');
    // Only personal ones block; which of the others are was not kept, and scoring drops what is published of them.
    await runner.query('update erased_identifiers set personal = blocked');
    await runner.query('alter table received_counts add erased_events bigint not null default 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table received_counts drop erased_events');
    await runner.query('alter table erased_identifiers drop personal');
  }
}
