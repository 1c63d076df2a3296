import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The one organisation of an installation, with defaults until it is set up. */
export class Organisation1767312000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table organisation (
        only_one boolean primary key default true check (only_one),
        name text not null,
        time_zone text not null,
        currency text not null,
        working_week jsonb not null
      )`);
    await runner.query(
      `insert into organisation (name, time_zone, currency, working_week) values ('Baton', 'UTC', 'EUR', $1)`,
      [
        JSON.stringify(
          ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => ({
            day,
            from: '09:00',
            to: '17:00',
          })),
        ),
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table organisation');
  }
}
