import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { dayOf, type Instant } from '../policy/duration.js';
import type { SignedPolicy } from '../policy/sla-policy.js';
import { Chance } from './chance.js';
import { Round } from './round.js';
import type { Candidate } from './turn.js';

/** The team that sales-ready leads go to; more of them come with routing rules. */
export const DEFAULT_TEAM = 'Sales';

/**
 * The team as the choice of a seller needs it. A choice holds the rows of the whole team until it is committed: turns are
 * taken one after the other, whichever process, event, timer or person asks.
 *
 * Lock order in this service: hand-off, its timer, team. Whoever holds the team touches no timer but those it made or
 * ended itself.
 */
@Injectable()
export class TeamStore {
  constructor(private readonly chance: Chance) {}

  /** Locks the team and begins a round. */
  async open(tx: Transaction, policy: SignedPolicy, now: Instant): Promise<Round> {
    const rows = await tx.rows<Row>(
      `select id, name, weight, pointer, available, max_open, max_per_day, offers, offers_on::text
       from sellers where team = $1 order by id for update`,
      [DEFAULT_TEAM],
    );
    const open = await this.openOf(tx, rows);
    const sellers = rows.map((row) => fromRow(row, open.get(row.id) ?? 0, dayOf(now)));
    return new Round({ name: DEFAULT_TEAM, sellers }, policy, () => this.chance.next());
  }

  /** Keeps the turns that were taken. */
  async close(tx: Transaction, { before, after }: Round, now: Instant): Promise<void> {
    const moved = after.sellers.filter((seller, n) => seller !== before.sellers[n]);
    if (moved.length === 0) return;
    await tx.rows(
      `update sellers set pointer = m.pointer, offers = m.offers, offers_on = $4
       from unnest($1::uuid[], $2::float8[], $3::integer[]) as m (id, pointer, offers) where sellers.id = m.id`,
      [
        moved.map(({ id }) => id),
        moved.map(({ pointer }) => pointer),
        moved.map(({ today }) => today),
        dayOf(now),
      ],
    );
  }

  /** A statement of its own after the lock: the locking one would count as of before it waited. */
  private async openOf(tx: Transaction, rows: readonly Row[]): Promise<Map<string, number>> {
    const limited = rows.filter((row) => row.max_open !== null).map((row) => row.id);
    if (limited.length === 0) return new Map();
    const counts = await tx.rows<{ seller_id: string; open: number }>(
      `select seller_id, count(*)::integer as open from handoffs
       where seller_id = any($1::uuid[]) and status in ('offered', 'accepted') group by seller_id`,
      [limited],
    );
    return new Map(counts.map((row) => [row.seller_id, row.open]));
  }
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly weight: number;
  readonly pointer: number;
  readonly available: boolean;
  readonly max_open: number | null;
  readonly max_per_day: number | null;
  readonly offers: number;
  readonly offers_on: string;
}

const fromRow = (row: Row, open: number, today: string): Candidate => ({
  id: row.id,
  name: row.name,
  weight: row.weight,
  pointer: row.pointer,
  available: row.available,
  open,
  maxOpen: row.max_open,
  today: row.offers_on === today ? row.offers : 0,
  maxPerDay: row.max_per_day,
});
