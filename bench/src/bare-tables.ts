/** Tables of the bare drain: the same content as scoring's, in a schema of its own that is dropped and created. */
export const BARE_TABLES = `
  drop schema if exists bare_drain cascade;
  create schema bare_drain;
  create table bare_drain.positions (
    topic text not null, partition int not null, next_offset bigint not null, primary key (topic, partition));
  create table bare_drain.identifiers (value text primary key, lead_id bigint not null);
  create table bare_drain.leads (
    id bigint primary key generated always as identity,
    version int not null default 0,
    state jsonb not null,
    score real not null default 0) with (fillfactor = 80);
  create table bare_drain.activities (
    lead_id bigint not null, occurred_at timestamptz not null, id uuid not null, kind text not null, detail jsonb not null,
    primary key (lead_id, occurred_at, id));
  create table bare_drain.outbox (id bigint generated always as identity primary key, events bytea not null);
`;
