import type { Queryable, Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { isAwayAt, type Absence } from '../calendar/stored-calendar.js';
import { dayOf, toIso, type Instant } from '../policy/duration.js';
import type { WorkingSeller } from '../calendar/clock-calendars.js';
import type { Attendance } from './absence-timer.js';
import { tagsOf, type Profile } from './needs.js';
import type { Candidate, Person, Team } from './team.js';

/** Teams as the assignment of leads reads and writes them. */
@Injectable()
export class TeamStore {
  /** Locks teams in the order of their names, so that transactions that share some of them do not deadlock. */
  async lock(tx: Transaction, teams: readonly string[]): Promise<void> {
    await tx.rows(
      'select from teams where name = any($1::text[]) order by name collate "C" for no key update',
      [teams],
    );
  }

  /**
   * The teams with their sellers; without `countsOpen` the open hand-offs of those alone who have a limit. To be called after
   * `lock`, in a statement of its own: the locking one has an older snapshot.
   */
  async load(tx: Queryable, teams: readonly string[], now: Instant, countsOpen = true): Promise<Team[]> {
    const rows = await tx.rows<SellerRow>(
      `select id, name, team, weight, pointer, available, max_open, max_per_day, offers, offers_on::text, absences,
         last_offer_at, skills, languages, territories,
         coalesce(calendar_id, (select calendar_id from teams where teams.name = sellers.team)) as calendar_id,
         (select since from resting_sellers where seller_id = sellers.id) as resting_since,
         case when max_open is null and not $2 then 0 else (
           select count(*)::integer from handoffs where seller_id = sellers.id and status in ('offered', 'accepted')
         ) end as open
       from sellers where team = any($1::text[]) order by id`,
      [teams, countsOpen],
    );
    const today = dayOf(now);
    return teams.map((name) => ({
      name,
      sellers: rows.filter(({ team }) => team === name).map((row) => fromRow(row, today, now)),
    }));
  }

  async names(reader: Queryable): Promise<string[]> {
    const rows = await reader.rows<{ name: string }>('select name from teams order by name');
    return rows.map(({ name }) => name);
  }

  /** The team of a seller, as committed. */
  async teamOf(tx: Transaction, sellerId: string): Promise<string | undefined> {
    const [row] = await tx.rows<{ team: string }>('select team from sellers where id = $1', [sellerId]);
    return row?.team;
  }

  /** The teams and working times of sellers, by id. */
  async workingSellers(
    reader: Queryable,
    sellerIds: readonly string[],
  ): Promise<Map<string, WorkingSeller & { readonly team: string }>> {
    const rows = await reader.rows<Pick<SellerRow, 'id' | 'calendar_id' | 'absences' | 'team'>>(
      `select id, team, absences, coalesce(sellers.calendar_id, teams.calendar_id) as calendar_id
       from sellers join teams on teams.name = sellers.team where id = any($1::uuid[])`,
      [sellerIds],
    );
    return new Map(
      rows.map(({ id, team, calendar_id, absences }) => [id, { team, calendarId: calendar_id, absences }]),
    );
  }

  /** Sellers whose calendar, or else their team's, is one of these; null: they have none. */
  async sellersBy(
    reader: Queryable,
    calendarIds: readonly (string | null)[],
  ): Promise<Map<string, WorkingSeller>> {
    const rows = await reader.rows<{ id: string }>(
      `select id from sellers join teams on teams.name = sellers.team
       where coalesce(sellers.calendar_id, teams.calendar_id) = any($1::uuid[])
         or ($2 and coalesce(sellers.calendar_id, teams.calendar_id) is null)`,
      [calendarIds.filter((id) => id !== null), calendarIds.includes(null)],
    );
    return this.workingSellers(
      reader,
      rows.map(({ id }) => id),
    );
  }

  /** Sellers with their team, and whether they are there. */
  async attendances(
    reader: Queryable,
    sellerIds: readonly string[],
  ): Promise<(Attendance & Person & { readonly team: string })[]> {
    return reader.rows('select id, name, team, available, absences from sellers where id = any($1::uuid[])', [
      sellerIds,
    ]);
  }

  async saveTurns(tx: Transaction, sellers: readonly Candidate[], now: Instant): Promise<void> {
    if (sellers.length === 0) return;
    await tx.rows(
      `update sellers set pointer = m.pointer, offers = m.offers, offers_on = $5, last_offer_at = m.last_offer_at
       from unnest($1::uuid[], $2::float8[], $3::integer[], $4::timestamptz[]) as m (id, pointer, offers, last_offer_at) where sellers.id = m.id`,
      [
        sellers.map(({ id }) => id),
        sellers.map(({ pointer }) => pointer),
        sellers.map(({ today }) => today),
        sellers.map(({ lastOfferAt }) => (lastOfferAt === null ? null : toIso(lastOfferAt))),
        dayOf(now),
      ],
    );
  }
}

interface SellerRow extends Profile {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly weight: number;
  readonly pointer: number;
  readonly available: boolean;
  readonly max_open: number | null;
  readonly max_per_day: number | null;
  readonly offers: number;
  readonly offers_on: string;
  readonly open: number;
  readonly calendar_id: string | null;
  readonly absences: readonly Absence[];
  readonly last_offer_at: Date | null;
  readonly resting_since: Date | null;
}

const fromRow = (row: SellerRow, today: string, now: Instant): Candidate => ({
  id: row.id,
  name: row.name,
  weight: row.weight,
  pointer: row.pointer,
  available: row.available && row.resting_since === null && !isAwayAt(row.absences, now),
  restingSince: row.resting_since?.getTime() ?? null,
  open: row.open,
  maxOpen: row.max_open,
  today: row.offers_on === today ? row.offers : 0,
  maxPerDay: row.max_per_day,
  calendarId: row.calendar_id,
  absences: row.absences,
  lastOfferAt: row.last_offer_at?.getTime() ?? null,
  tags: tagsOf(row),
});
