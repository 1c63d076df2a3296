import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a count of accounts reads of a lead: a lead of which all of this stays the same is of no account that changed. */
const FACTS = `id, account_domain, engagement, merged_into, created_at = 'infinity', sales_status, traits->'company'`;

/** Changes of accounts are noted once for each statement instead of once for each lead that it writes. */
export class AccountChanges1799760000000 implements MigrationInterface {
  readonly name = 'AccountChanges1799760000000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...DROP_TRIGGERS,
      // A row that stays the same is in both tables. Grouped instead of joined, because the plan is kept for the session, and one made for
      // a few rows would join many in nested loops.
      `create function leads_changed() returns trigger language plpgsql as $$
      begin
        insert into account_changes
        select distinct account_domain from (
          select account_domain from (select ${FACTS} from before union all select ${FACTS} from after) as facts
            (id, account_domain, engagement, merged_into, waits, sales_status, company)
          where account_domain is not null
          group by id, account_domain, engagement, merged_into, waits, sales_status, company having count(*) = 1
        ) changed;
        return null;
      end $$`,
      `create function leads_came_or_went() returns trigger language plpgsql as $$
      begin
        insert into account_changes select distinct account_domain from affected where account_domain is not null;
        return null;
      end $$`,
      `create trigger accounts_of_new_leads after insert on leads referencing new table as affected
        for each statement execute function leads_came_or_went()`,
      `create trigger accounts_of_changed_leads after update on leads referencing old table as before new table as after
        for each statement execute function leads_changed()`,
      `create trigger accounts_of_deleted_leads after delete on leads referencing old table as affected
        for each statement execute function leads_came_or_went()`,
      'drop function account_changed',
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const statements = [
      'drop trigger accounts_of_new_leads on leads',
      'drop trigger accounts_of_changed_leads on leads',
      'drop trigger accounts_of_deleted_leads on leads',
      'drop function leads_changed, leads_came_or_went',
      `create function account_changed() returns trigger language plpgsql as $$
      begin
        insert into account_changes
        select distinct domain from (values (old.account_domain), (new.account_domain)) as changed (domain)
        where domain is not null;
        return null;
      end $$`,
      `create trigger account_of_new_lead after insert on leads
        for each row when (new.account_domain is not null) execute function account_changed()`,
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
}

const DROP_TRIGGERS = [
  'drop trigger account_of_new_lead on leads',
  'drop trigger account_of_changed_lead on leads',
  'drop trigger account_of_deleted_lead on leads',
];
