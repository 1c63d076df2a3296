import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was received from each source: the last requests, refused messages, counts, held events; and what owners set. */
export class ReceivedRequests1764100000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table sources
        add person_agents text[] not null default '{}',
        add events_per_day bigint check (events_per_day > 0)`);
    await runner.query(`alter table forms add mapping jsonb not null default '{}'`);
    await runner.query(`
      create table received_requests (
        id bigint generated always as identity primary key,
        source_id text not null references sources,
        received_at timestamptz not null,
        endpoint text not null,
        status int not null,
        user_agent text,
        accepted int not null,
        refused int not null,
        flagged int not null,
        detail text,
        entries jsonb not null
      )`);
    await runner.query('create index received_requests_of_source on received_requests (source_id, id desc)');
    await runner.query(`
      create table refused_messages (
        id bigint generated always as identity primary key,
        source_id text not null references sources,
        received_at timestamptz not null,
        endpoint text not null,
        pointer text not null,
        detail text not null,
        message text not null
      )`);
    await runner.query('create index refused_messages_of_source on refused_messages (source_id, id desc)');
    await runner.query(`
      create table received_counts (
        source_id text not null references sources,
        day date not null,
        requests bigint not null default 0,
        accepted_requests bigint not null default 0,
        refused_requests bigint not null default 0,
        limited_requests bigint not null default 0,
        failed_requests bigint not null default 0,
        accepted_events bigint not null default 0,
        held_events bigint not null default 0,
        released_events bigint not null default 0,
        refused_events bigint not null default 0,
        flagged_events bigint not null default 0,
        last_event_at timestamptz,
        primary key (source_id, day)
      )`);
    await runner.query(`
      create table held_events (
        id bigint generated always as identity primary key,
        source_id text not null references sources,
        received_at timestamptz not null,
        activity text not null
      )`);
    await runner.query('create index held_events_of_source on held_events (source_id, id)');
    // Rates of the last seconds; losing them in a crash of the database costs nothing.
    await runner.query(`
      create unlogged table limit_usage (
        key text not null,
        window_start timestamptz not null,
        points bigint not null,
        primary key (key, window_start)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table limit_usage, held_events, received_counts, refused_messages, received_requests',
    );
    await runner.query('alter table forms drop mapping');
    await runner.query('alter table sources drop person_agents, drop events_per_day');
  }
}
