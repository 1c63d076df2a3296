import { ReadDatabase, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { fromRow as accountOf, type Account, type AccountRow } from '../account/account.js';
import { AccountStore } from '../account/account.store.js';
import { fromRow, LEAD_COLUMNS, type LeadRow } from '../lead/lead-row.js';
import { visibleTo, type Bind } from '../lead/lead-sellers.store.js';
import type { Lead } from '../lead/lead.js';

/** Keyset of a page: the last account of the page before. */
export interface AfterAccount {
  readonly points: number;
  readonly domain: string;
}

export interface AccountSearch {
  readonly text?: string | undefined;
  readonly after?: AfterAccount | undefined;
  readonly limit: number;
}

export interface ActivityCount {
  readonly kind: string;
  readonly count: number;
}

export interface DealCount {
  readonly state: string;
  /** Null for deals without an amount. */
  readonly currency: string | null;
  readonly amount: number | null;
  readonly count: number;
}

/** Max people listed on the page of an account. */
export const MAX_PEOPLE = 100;
/** Max activities counted, of the newest people. */
export const MAX_ACTIVITIES = 50_000;

const SHOWN = `merged_into is null and created_at < 'infinity'`;

/**
 * Accounts for people. Whoever sees one lead of an account sees the account with its totals; the leads are listed for those who see them.
 */
@Injectable()
export class AccountQueryStore {
  constructor(
    private readonly database: ReadDatabase,
    private readonly accounts: AccountStore,
  ) {}

  /** Most engaged first. Text is searched in names and domains, without an index. */
  async search(user: User, { text, after, limit }: AccountSearch): Promise<Account[]> {
    const values: unknown[] = [];
    const bind: Bind = (value) => `$${values.push(value)}`;
    const conditions = [seenBy(user, bind)];
    if (text !== undefined) {
      const pattern = bind(`%${text.trim().replace(/[\\%_]/g, '\\$&')}%`);
      conditions.push(`(name ilike ${pattern} or domain ilike ${pattern})`);
    }
    if (after) {
      const points = `${bind(after.points)}::float8`;
      conditions.push(`points <= ${points} and (points < ${points} or domain > ${bind(after.domain)})`);
    }
    const rows = await this.database.rows<AccountRow>(
      `select * from accounts where ${conditions.join(' and ')} order by points desc, domain limit ${bind(limit)}`,
      values,
    );
    return rows.map(accountOf);
  }

  async find(user: User, domain: string): Promise<Account | undefined> {
    const values: unknown[] = [domain];
    const bind: Bind = (value) => `$${values.push(value)}`;
    const [row] = await this.database.rows<AccountRow>(
      `select * from accounts where domain = $1 and ${seenBy(user, bind)}`,
      values,
    );
    return row && accountOf(row);
  }

  /** The leads of an account that the user sees, highest score first. */
  async people(user: User, domain: string): Promise<Lead[]> {
    const values: unknown[] = [domain, MAX_PEOPLE];
    const bind: Bind = (value) => `$${values.push(value)}`;
    const rows = await this.database.rows<LeadRow>(
      `select ${LEAD_COLUMNS} from leads where account_domain = $1 and ${SHOWN} and ${visibleTo(user, bind)}
       order by points desc, id limit $2`,
      values,
    );
    return this.accounts.joined(this.database, rows.map(fromRow));
  }

  /** Activities of all people of an account since an instant, those of bots left out, most frequent kind first. */
  async activities(domain: string, since: Date): Promise<ActivityCount[]> {
    return this.database.rows<ActivityCount>(ACTIVITIES, [domain, since.toISOString(), MAX_ACTIVITIES]);
  }

  /** Deals of all people of an account, merged leads included. */
  async deals(domain: string): Promise<DealCount[]> {
    return this.database.rows<DealCount>(DEALS, [domain]);
  }
}

/** The condition on a row of `accounts` that the user sees a lead of it. */
const seenBy = (user: User, bind: Bind): string => {
  const visible = visibleTo(user, bind);
  return visible === 'true'
    ? 'true'
    : `domain in (select account_domain from leads where account_domain is not null and ${SHOWN} and ${visible})`;
};

const ACTIVITIES = `
  select kind, count(*)::integer as count from (
    select kind from leads
    join lateral (
      select kind from activities
      where profile_id = any(array(select distinct profile_id from identifiers where lead_id = leads.id))
        and occurred_at >= $2 and not bot
    ) as done on true
    where account_domain = $1 and ${SHOWN} and last_activity_at >= $2
    limit $3
  ) as counted
  group by kind order by count desc, kind`;

const DEALS = `
  select state, currency, sum(amount)::float8 as amount, count(*)::integer as count
  from deals join leads as opened on opened.id = deals.lead_id
  join leads as person on person.id = coalesce(opened.merged_into, opened.id)
  where person.account_domain = $1 and person.merged_into is null
  group by state, currency order by state, currency`;
