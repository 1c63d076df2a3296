import type { MigrationInterface, QueryRunner } from 'typeorm';
import { accountDomainOf } from '../account/account-domain.js';

/** Accounts: companies by the domain of the addresses of their leads. */
export class Accounts1799300000000 implements MigrationInterface {
  readonly name = 'Accounts1799300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table leads add column account_domain text collate "C", add column account_match text not null default ''`);
    await this.fill(runner);
    const statements = [
      'create index leads_of_account on leads (account_domain, id) where account_domain is not null and merged_into is null',
      `create table accounts (
        domain text collate "C" primary key,
        name text not null,
        people integer not null,
        engaged_people integer not null,
        points float8 not null,
        is_customer boolean not null,
        counted_at timestamptz not null,
        changed_at timestamptz not null
      )`,
      'create index accounts_by_points on accounts (points desc, domain)',
      // A queue without a key: a row that waits for another transaction would make batches of one account wait for each other.
      'create table account_changes (domain text collate "C" not null)',
      'insert into account_changes select distinct account_domain from leads where account_domain is not null',
      `create function account_changed() returns trigger language plpgsql as $$
      begin
        insert into account_changes
        select distinct domain from (values (old.account_domain), (new.account_domain)) as changed (domain)
        where domain is not null;
        return null;
      end $$`,
      `create trigger account_of_new_lead after insert on leads
        for each row when (new.account_domain is not null) execute function account_changed()`,
      // What a count of accounts reads, and nothing else: most changes of leads are none of these.
      `create trigger account_of_changed_lead after update on leads for each row when (
        old.account_domain is distinct from new.account_domain
        or new.account_domain is not null and (
          old.engagement <> new.engagement
          or old.merged_into is distinct from new.merged_into
          or (old.created_at = 'infinity') <> (new.created_at = 'infinity')
          or old.sales_status is distinct from new.sales_status
          or old.traits->'company' is distinct from new.traits->'company'
        )
      ) execute function account_changed()`,
      `create trigger account_of_deleted_lead after delete on leads
        for each row when (old.account_domain is not null) execute function account_changed()`,
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const statements = [
      'drop trigger account_of_new_lead on leads',
      'drop trigger account_of_changed_lead on leads',
      'drop trigger account_of_deleted_lead on leads',
      'drop function account_changed',
      'drop table accounts, account_changes',
      'alter table leads drop column account_domain, drop column account_match',
    ];
    for (const statement of statements) await runner.query(statement);
  }

  /** The public suffixes are not known in SQL; there are fewer domains than leads. */
  private async fill(runner: QueryRunner): Promise<void> {
    const rows = (await runner.query(
      `select distinct traits->>'emailDomain' as "emailDomain" from leads where traits->>'emailKind' = 'business'`,
    )) as { emailDomain: string }[];
    const accounts = rows.flatMap(({ emailDomain }) => {
      const account = accountDomainOf({ emailDomain, emailKind: 'business' });
      return account === null ? [] : [[emailDomain, account] as const];
    });
    await runner.query(
      `update leads set account_domain = known.account from unnest($1::text[], $2::text[]) as known (domain, account)
       where traits->>'emailKind' = 'business' and traits->>'emailDomain' = known.domain`,
      [accounts.map(([domain]) => domain), accounts.map(([, account]) => account)],
    );
  }
}
