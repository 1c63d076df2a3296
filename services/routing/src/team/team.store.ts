import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { dayOf, type Instant } from '../policy/duration.js';
import type { Candidate, Team } from './team.js';

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

  /** The teams with their sellers. To be called after `lock`, in a statement of its own: the locking one has an older snapshot. */
  async load(tx: Transaction, teams: readonly string[], now: Instant): Promise<Team[]> {
    const rows = await tx.rows<SellerRow>(
      `select id, name, team, weight, pointer, available, max_open, max_per_day, offers, offers_on::text,
         case when max_open is null then 0 else (
           select count(*)::integer from handoffs where seller_id = sellers.id and status in ('offered', 'accepted')
         ) end as open
       from sellers where team = any($1::text[]) order by id`,
      [teams],
    );
    const today = dayOf(now);
    return teams.map((name) => ({
      name,
      sellers: rows.filter(({ team }) => team === name).map((row) => fromRow(row, today)),
    }));
  }

  async names(reader: Pick<Transaction, 'rows'>): Promise<string[]> {
    const rows = await reader.rows<{ name: string }>('select name from teams order by name');
    return rows.map(({ name }) => name);
  }

  /** The team of a seller, as committed. */
  async teamOf(tx: Transaction, sellerId: string): Promise<string | undefined> {
    const [row] = await tx.rows<{ team: string }>('select team from sellers where id = $1', [sellerId]);
    return row?.team;
  }

  async saveTurns(tx: Transaction, sellers: readonly Candidate[], now: Instant): Promise<void> {
    if (sellers.length === 0) return;
    await tx.rows(
      `update sellers set pointer = m.pointer, offers = m.offers, offers_on = $4
       from unnest($1::uuid[], $2::float8[], $3::integer[]) as m (id, pointer, offers) where sellers.id = m.id`,
      [
        sellers.map(({ id }) => id),
        sellers.map(({ pointer }) => pointer),
        sellers.map(({ today }) => today),
        dayOf(now),
      ],
    );
  }
}

interface SellerRow {
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
}

const fromRow = (row: SellerRow, today: string): Candidate => ({
  id: row.id,
  name: row.name,
  weight: row.weight,
  pointer: row.pointer,
  available: row.available,
  open: row.open,
  maxOpen: row.max_open,
  today: row.offers_on === today ? row.offers : 0,
  maxPerDay: row.max_per_day,
});
