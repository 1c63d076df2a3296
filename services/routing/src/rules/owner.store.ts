import type { Queryable } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { leadsOfPerson } from '../person/same-person.js';
import type { Owner } from './choose.js';

type Row = Owner & { readonly key: string };

/** Sellers who have leads, by their newest hand-off, or by the newest that was opened before an instant. */
@Injectable()
export class OwnerStore {
  /** The sellers who accepted these leads, or others of their persons, by lead. */
  async ofLeads(
    reader: Queryable,
    leadIds: readonly string[],
    before: Date | null,
  ): Promise<Map<string, Owner>> {
    const rows = await reader.rows<Row>(
      `select distinct on (asked.id) asked.id as key, sellers.id, sellers.team
       from unnest($1::uuid[]) as asked(id) cross join lateral (${leadsOfPerson('asked.id')}) person
         join handoffs using (lead_id) join sellers on sellers.id = seller_id
       where status in ('accepted', 'qualified') and ($2::timestamptz is null or opened_at < $2) order by asked.id, opened_at desc`,
      [leadIds, before],
    );
    return byKey(rows);
  }

  /** The sellers who have other leads of these accounts, by account; one who rejected a lead does not have it. */
  async ofAccounts(
    reader: Queryable,
    accounts: readonly string[],
    before: Date | null,
  ): Promise<Map<string, Owner>> {
    const rows = await reader.rows<Row>(
      `select distinct on (account) account as key, sellers.id, sellers.team
       from routed_leads join handoffs on handoffs.id = handoff_id join sellers on sellers.id = seller_id
       where account = any($1::text[]) and status in ('offered', 'accepted', 'qualified')
         and ($2::timestamptz is null or opened_at < $2)
       order by account, opened_at desc`,
      [accounts, before],
    );
    return byKey(rows);
  }
}

const byKey = (rows: readonly Row[]): Map<string, Owner> =>
  new Map(rows.map(({ key, id, team }) => [key, { id, team }]));
