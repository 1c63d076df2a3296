import type { Queryable } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import type { Traits } from '../score/score.js';
import { accountDomainOf } from './account-domain.js';
import type { AccountMatches } from './account-match.js';
import { fromRow, type Account, type AccountRow } from './account.js';

/** Accounts as last counted, and the leads that were evaluated with other facts of theirs. */
@Injectable()
export class AccountStore {
  /** By domain; those not counted yet are missing. */
  async of(queryable: Queryable, domains: readonly string[]): Promise<ReadonlyMap<string, Account>> {
    if (domains.length === 0) return new Map();
    const rows = await queryable.rows<AccountRow>('select * from accounts where domain = any($1)', [domains]);
    return new Map(rows.map((row) => [row.domain, fromRow(row)]));
  }

  /** The leads, each with its account; all are read in one query. */
  async joined<Lead extends { readonly traits: Traits }>(
    queryable: Queryable,
    leads: readonly Lead[],
  ): Promise<(Lead & { readonly account: Account | null })[]> {
    const domains = leads.map(({ traits }) => accountDomainOf(traits));
    const accounts = await this.of(queryable, [...new Set(domains.flatMap((domain) => domain ?? []))]);
    return leads.map((lead, index) => ({ ...lead, account: accounts.get(domains[index] ?? '') ?? null }));
  }

  /** The accounts with leads, locked or not, for which other conditions held when they were evaluated. */
  async outdated(queryable: Queryable, matches: AccountMatches): Promise<string[]> {
    if (matches.size === 0) return [];
    const rows = await queryable.rows<{ domain: string }>(
      `select domain from unnest($1::text[], $2::text[]) as account(domain, match)
       where exists (select from leads where ${OUTDATED})`,
      [[...matches.keys()], [...matches.values()]],
    );
    return rows.map(({ domain }) => domain);
  }
}

/** The condition on a row of `leads` that it is to be evaluated again for its account; `account` has `domain` and `match`. */
export const OUTDATED = `
  account_domain = account.domain and account_match <> account.match
  and merged_into is null and created_at < 'infinity'`;
