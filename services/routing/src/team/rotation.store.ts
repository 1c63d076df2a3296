import type { Transaction } from '@baton/bus';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { TeamStore } from './team.store.js';
import { offerWaiting } from './waiting-timer.js';

/**
 * Who is in rotation: sellers who did not answer an offer in the time that the policy says rest, until they do. To be written after hand-offs
 * and before teams are locked, so that transactions that share some of them do not deadlock.
 */
@Injectable()
export class RotationStore {
  constructor(
    private readonly teams: TeamStore,
    private readonly timers: Timers,
  ) {}

  /** Those who rest already do so since they began to. */
  async rest(tx: Transaction, sellerIds: readonly string[], now: Date): Promise<void> {
    if (sellerIds.length === 0) return;
    await tx.rows(
      `insert into resting_sellers (seller_id, since) select id, $2 from unnest($1::uuid[]) as s(id)
       on conflict do nothing`,
      [[...new Set(sellerIds)].sort(), now],
    );
  }

  /** The seller answered, or is back: leads that wait for a seller are offered. */
  async return(tx: Transaction, sellerId: string, now: Date): Promise<void> {
    const ended = await tx.rows('delete from resting_sellers where seller_id = $1 returning seller_id', [
      sellerId,
    ]);
    const team = ended.length > 0 ? await this.teams.teamOf(tx, sellerId) : undefined;
    if (team !== undefined) await this.offerWaiting(tx, [team], now);
  }

  /** Has leads that wait for a seller of these teams offered: one may take them now. */
  async offerWaiting(tx: Transaction, teams: readonly string[], now: Date): Promise<void> {
    await this.timers.schedule(tx, offerWaiting(teams, now));
  }
}
