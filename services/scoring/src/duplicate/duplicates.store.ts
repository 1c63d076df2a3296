import { ReadDatabase, type User } from '@baton/platform';
import { Database } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { visibleTo, type Bind } from '../lead/lead-sellers.store.js';
import { likenessesOf, type Likeness } from '../likeness/likeness.js';

/** Two leads that may be one person. */
export interface Duplicate {
  readonly id: string;
  readonly leadIds: readonly [string, string];
  readonly likenesses: readonly Likeness[];
  /** UTC, ISO 8601. */
  readonly foundAt: string;
}

export interface AfterDuplicate {
  /** UTC, ISO 8601. */
  readonly foundAt: string;
  readonly id: string;
}

interface DuplicateRow {
  readonly id: string;
  readonly one: string;
  readonly other: string;
  readonly found_at: Date;
  readonly one_traits: Readonly<Record<string, unknown>>;
  readonly other_traits: Readonly<Record<string, unknown>>;
}

/** Pairs of a lead that are looked at. */
const MAX_OF_LEAD = 20;
/** Pairs of one query for a page: those that are alike no longer are left out. */
const MAX_READ = 500;
/** Queries for one page. */
const MAX_QUERIES = 20;

/** Pairs of leads that may be one person, and that nobody said are two. */
@Injectable()
export class DuplicatesStore {
  constructor(
    private readonly database: ReadDatabase,
    private readonly writable: Database,
  ) {}

  /** Found last first. Both leads are seen by the user. */
  async page(user: User, limit: number, after: AfterDuplicate | undefined): Promise<Duplicate[]> {
    const alike: Duplicate[] = [];
    let last = after;
    for (let query = 0; query < MAX_QUERIES && alike.length < limit; query += 1) {
      const read = await this.find(user, MAX_READ, (bind) =>
        last
          ? `(found_at, duplicates.id) < (${bind(last.foundAt)}::timestamptz, ${bind(last.id)}::uuid)`
          : 'true',
      );
      alike.push(...read.filter(isAlike));
      if (read.length < MAX_READ) break;
      last = read.at(-1);
    }
    return alike.slice(0, limit);
  }

  async ofLead(user: User, leadId: string): Promise<Duplicate[]> {
    const read = await this.find(user, MAX_OF_LEAD, (bind) => {
      const id = bind(leadId);
      return `(one = ${id}::uuid or other = ${id}::uuid)`;
    });
    return read.filter(isAlike);
  }

  /** Says that the leads of a pair are two people, or takes it back with null. @returns whether the user sees such a pair */
  async dismiss(user: User, id: string, at: Date | null): Promise<boolean> {
    const values: unknown[] = [id, at?.toISOString() ?? null, at && user.name];
    const rows = await this.writable.rows(
      `with changed as (
         update duplicates set dismissed_at = $2, dismissed_by = $3
         where id = $1 and ${bothVisibleTo(user, (value) => `$${values.push(value)}`)} returning id
       ) select id from changed`,
      values,
    );
    return rows.length > 0;
  }

  private async find(user: User, limit: number, condition: (bind: Bind) => string): Promise<Duplicate[]> {
    const values: unknown[] = [];
    const bind: Bind = (value) => `$${values.push(value)}`;
    const rows = await this.database.rows<DuplicateRow>(
      `select duplicates.id, one, other, found_at, first.traits as one_traits, second.traits as other_traits
       from duplicates join leads first on first.id = one join leads second on second.id = other
       where dismissed_at is null and first.merged_into is null and second.merged_into is null
         and ${bothVisibleTo(user, bind)} and not exists (${UNDONE}) and ${condition(bind)}
       order by found_at desc, duplicates.id desc limit ${bind(limit)}`,
      values,
    );
    return rows.map(toDuplicate);
  }
}

/** The condition on a row of `duplicates` that the user sees both leads. */
const bothVisibleTo = (user: User, bind: Bind): string => {
  const visible = visibleTo(user, bind);
  return `one in (select leads.id from leads where leads.id = one and ${visible})
         and other in (select leads.id from leads where leads.id = other and ${visible})`;
};

/** Somebody took a merge of the two back, which says that they are two people. */
const UNDONE = `
  select from links join identifiers a on a.profile_id = links.one join identifiers b on b.profile_id = links.other
  where undone_at is not null
    and (a.lead_id, b.lead_id) in ((duplicates.one, duplicates.other), (duplicates.other, duplicates.one))`;

const isAlike = ({ likenesses }: Duplicate): boolean => likenesses.length > 0;

const toDuplicate = (row: DuplicateRow): Duplicate => ({
  id: row.id,
  leadIds: [row.one, row.other],
  likenesses: likenessesOf(row.one_traits, row.other_traits),
  foundAt: row.found_at.toISOString(),
});
