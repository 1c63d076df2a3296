import { Database } from '@baton/bus';
import { Clock, DomainError } from '@baton/platform';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import type { Seller } from './seller.entity.js';
import { absenceTimer } from './absence-timer.js';
import { retimeClocks } from './retime-timer.js';
import { SellerStore } from './seller.store.js';
import { TeamStore } from './team.store.js';
import { offerWaiting } from './waiting-timer.js';
import { pointerOnReturn } from './select-seller.js';

/** A seller without the columns of the round robin. */
export type SellerSettings = Omit<Seller, 'pointer' | 'offers' | 'offersOn'>;

/**
 * Makes a user a seller, or changes one. Hand-offs of the team that wait for a seller are offered at once, and what one who is away has
 * not touched goes to others.
 */
@Injectable()
export class PutSeller {
  constructor(
    private readonly database: Database,
    private readonly sellers: SellerStore,
    private readonly teams: TeamStore,
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  /** @param change gives the settings for those before; it is called twice, since the team to be locked is among them. */
  async run(
    id: string,
    change: (before: Seller | undefined) => SellerSettings,
  ): Promise<{ readonly before: Seller | undefined; readonly after: Seller }> {
    return this.database.transaction(async (tx) => {
      const found = (await this.sellers.findIn(tx, id)) ?? undefined;
      const planned = change(found);
      const { team } = planned;
      const oldTeam = found?.team ?? team;
      const now = this.clock.now();
      await this.timers.schedule(tx, absenceTimer(planned, now.getTime()));
      await this.timers.schedule(tx, [retimeClocks(id, now)]);
      await this.timers.schedule(tx, offerWaiting([team], now));
      await this.teams.lock(tx, [...new Set([oldTeam, team])]);
      const before = (await this.sellers.findIn(tx, id)) ?? undefined;
      if (before && before.team !== oldTeam && before.team !== team) throw movedMeanwhile(before);
      const settings = change(before);
      if (settings.team !== team) throw movedMeanwhile(settings);
      const others = (await this.sellers.ofTeam(tx, team)).filter((seller) => seller.id !== id);
      const keepsTurn = before?.team === team && (before.available || !settings.available);
      const pointer = keepsTurn ? before.pointer : pointerOnReturn(others);
      await this.sellers.save(tx, { ...settings, pointer });
      return { before, after: (await this.sellers.findIn(tx, id))! };
    });
  }
}

/** Its team is not locked here, and locking it now could deadlock. */
const movedMeanwhile = ({ name, team }: SellerSettings): DomainError =>
  new DomainError('conflict', `${name} was moved to team ${team} at the same moment; try again.`);
