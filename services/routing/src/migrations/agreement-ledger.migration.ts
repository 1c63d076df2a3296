import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What marketing and sales kept of their agreement and what not. */
export class AgreementLedger1798500000000 implements MigrationInterface {
  readonly name = 'AgreementLedger1798500000000';

  async up(runner: QueryRunner): Promise<void> {
    // No foreign keys: they would lock the rows of the hand-offs again.
    await runner.query(`
      create table agreement_terms (
        handoff_id uuid primary key,
        agreement_id text not null,
        segment text not null,
        open jsonb not null
      )`);
    await runner.query(
      `create index agreement_terms_open on agreement_terms (handoff_id) where open <> '[]'`,
    );
    await runner.query(`
      create table ledger_entries (
        id bigint generated always as identity primary key,
        handoff_id uuid not null,
        cause text not null,
        clause text not null,
        side text not null check (side in ('credit', 'debit')),
        segment text not null,
        agreement_id text not null,
        at timestamptz not null,
        detail text not null,
        unique (handoff_id, cause)
      )`);
    await runner.query('create index ledger_entries_clause on ledger_entries (clause, at, id)');
    await runner.query(`
      create function refuse_change_of_ledger() returns trigger language plpgsql as $$
      begin raise exception 'ledger entries are never changed: add an entry that corrects them'; end $$`);
    await runner.query(`
      create trigger ledger_is_append_only before update or delete on ledger_entries
      for each row execute function refuse_change_of_ledger()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table ledger_entries');
    await runner.query('drop function refuse_change_of_ledger()');
    await runner.query('drop table agreement_terms');
  }
}
