import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';

/** Max accounts counted in one transaction. */
const MAX_ACCOUNTS = 500;
/** Milliseconds between two counts of an account, for each of its people: a count reads them all. */
const REST_PER_PERSON_MS = 1;

/**
 * Counts accounts whose leads changed. A trigger of `leads` appends to `account_changes` in the transaction of the change, whatever
 * changes them, and never waits; a count reads the leads as they are, so that it is right after a merge, an undo or an erasure.
 */
@Injectable()
export class AccountCountStore {
  /** Takes changes of accounts that may be counted now. @returns the domains, and whether there may be more */
  async take(tx: Transaction, now: Date): Promise<{ domains: readonly string[]; isMore: boolean }> {
    const rows = await tx.rows<{ domain: string }>(TAKE, [
      now.toISOString(),
      REST_PER_PERSON_MS,
      MAX_ACCOUNTS,
    ]);
    return { domains: rows.map(({ domain }) => domain), isMore: rows.length === MAX_ACCOUNTS };
  }

  /** Counts accounts; those without people are removed. */
  async count(tx: Transaction, domains: readonly string[], now: Date): Promise<void> {
    await tx.rows(COUNT, [domains, now.toISOString()]);
  }
}

/** Changes that another transaction appends meanwhile are not seen, and stay. */
const TAKE = `
  with due as materialized (
    select distinct domain from account_changes left join accounts using (domain)
    where counted_at is null or counted_at + people * $2::float8 * interval '1 ms' <= $1::timestamptz
    limit $3
  ),
  taken as (delete from account_changes using due where account_changes.domain = due.domain)
  select domain from due`;

const COUNT = `
  with counted as (
    select account_domain as domain,
      mode() within group (order by left(traits->>'company', 256) collate "C")
        filter (where jsonb_typeof(traits->'company') = 'string') as company,
      count(*)::integer as people,
      (count(*) filter (where engagement > 0))::integer as engaged_people,
      round(sum(engagement)::numeric, 2)::float8 as points,
      coalesce(bool_or(sales_status->'verdicts' ? 'deal-won'), false) as is_customer
    from leads
    where account_domain = any($1) and merged_into is null and created_at < 'infinity'
    group by account_domain
  ),
  gone as (delete from accounts where domain = any($1) and domain not in (select domain from counted))
  insert into accounts (domain, name, people, engaged_people, points, is_customer, counted_at, changed_at)
  select domain, coalesce(company, domain), people, engaged_people, points, is_customer, $2, $2 from counted
  on conflict (domain) do update set
    name = excluded.name, people = excluded.people, engaged_people = excluded.engaged_people,
    points = excluded.points, is_customer = excluded.is_customer, counted_at = excluded.counted_at,
    changed_at = case
      when (accounts.people, accounts.engaged_people, accounts.points, accounts.is_customer)
        = (excluded.people, excluded.engaged_people, excluded.points, excluded.is_customer)
      then accounts.changed_at else excluded.changed_at end`;
