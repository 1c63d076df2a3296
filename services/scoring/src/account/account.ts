import type { AccountFacts } from '../model/scoring-model.js';

/** The company that leads belong to by the domain of their addresses, as last counted. */
export interface Account extends Required<AccountFacts> {
  readonly domain: string;
  /** The company that most of its leads name; else the domain. */
  readonly name: string;
  /** Since when the facts are these (ms since 1970). */
  readonly changedAt: number;
}

/** A row of `accounts`. */
export interface AccountRow {
  readonly domain: string;
  readonly name: string;
  readonly people: number;
  readonly engaged_people: number;
  readonly points: number;
  readonly is_customer: boolean;
  readonly changed_at: Date;
}

export const fromRow = (row: AccountRow): Account => ({
  domain: row.domain,
  name: row.name,
  people: row.people,
  engagedPeople: row.engaged_people,
  points: row.points,
  isCustomer: row.is_customer,
  changedAt: row.changed_at.getTime(),
});
