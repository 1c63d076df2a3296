import type { MigrationInterface, QueryRunner } from 'typeorm';

const SHIFTS = '[["09:00", "17:00"]]';
const WEEK = `{${['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => `"${day}": ${SHIFTS}`).join(', ')}}`;

/** Calendars of sellers and teams, and when sellers are away. */
export class Calendars1796300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table calendars (
        id uuid primary key,
        version integer not null,
        name text not null unique,
        time_zone text not null,
        hours jsonb not null,
        holidays jsonb not null,
        country text,
        region text,
        is_default boolean not null
      )`);
    await runner.query(`create unique index calendars_default on calendars (is_default) where is_default`);
    await runner.query(`
      insert into calendars values
        ('00000000-0000-4000-8000-0000000ca1e4', 1, 'Working week', 'UTC', '${WEEK}', '[]', null, null, true)`);
    await runner.query(`alter table teams add column calendar_id uuid references calendars`);
    await runner.query(`
      alter table sellers
        add column calendar_id uuid references calendars,
        add column absences jsonb not null default '[]',
        add column skills jsonb not null default '[]',
        add column languages jsonb not null default '[]',
        add column territories jsonb not null default '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table sellers drop column calendar_id, drop column absences, drop column skills, drop column languages,
        drop column territories`);
    await runner.query(`alter table teams drop column calendar_id`);
    await runner.query(`drop table calendars`);
  }
}
