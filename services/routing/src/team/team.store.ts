import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { dayOf, type Instant } from '../policy/duration.js';
import type { SignedPolicy } from '../policy/sla-policy.js';
import { Chance } from './random.js';
import { Round } from './allocation.js';
import type { Candidate } from './weighted-round-robin.js';

/** The team that sales-ready leads go to; more of them come with routing rules. */
export const DEFAULT_TEAM = 'Sales';

/**
 * The team as the choice of a seller needs it. A choice holds the team until it is committed: turns are taken one after the
 * other, whichever process, event, timer or person asks, and whoever comes next sees what the last one gave away.
 *
 * Lock order in this service: hand-off, its timer, the team's timer, team. Whoever holds the team waits for nothing: it
 * touches no timer but those it made or ended itself, and of other hand-offs only those that are free.
 */
@Injectable()
export class TeamStore {
  constructor(private readonly chance: Chance) {}

  /** Locks a team, also one that has no sellers yet. */
  async lock(tx: Transaction, team: string): Promise<void> {
    await tx.rows('select from teams where name = $1 for update', [team]);
  }

  /** Locks the team and begins a round. */
  async open(tx: Transaction, policy: SignedPolicy, now: Instant): Promise<Round> {
    await this.lock(tx, DEFAULT_TEAM);
    // A statement of its own after the lock: the locking one would see everything as of before it waited.
    const rows = await tx.rows<Row>(
      `select id, name, weight, pointer, available, max_open, max_per_day, offers, offers_on::text,
         case when max_open is null then 0 else (
           select count(*)::integer from handoffs where seller_id = sellers.id and status in ('offered', 'accepted')
         ) end as open
       from sellers where team = $1 order by id`,
      [DEFAULT_TEAM],
    );
    const sellers = rows.map((row) => fromRow(row, dayOf(now)));
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
  readonly open: number;
}

const fromRow = (row: Row, today: string): Candidate => ({
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
