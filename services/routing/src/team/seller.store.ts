import { Database } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { HandoffStore } from '../handoff/handoff.store.js';
import { Seller } from './seller.entity.js';
import { TeamStore } from './team.store.js';
import { pointerOnReturn } from './weighted-round-robin.js';

/** What a person says about a seller; the rest is the round's. */
export type SellerSettings = Omit<Seller, 'pointer' | 'offers' | 'offersOn'>;

@Injectable()
export class SellerStore {
  constructor(
    private readonly database: Database,
    private readonly handoffs: HandoffStore,
    private readonly teams: TeamStore,
  ) {}

  async list(): Promise<Seller[]> {
    return this.database.source.getRepository(Seller).find({ order: { name: 'asc', id: 'asc' } });
  }

  async find(id: string): Promise<Seller | null> {
    return this.database.source.getRepository(Seller).findOneBy({ id });
  }

  async teamNames(): Promise<string[]> {
    const rows = await this.database.rows<{ name: string }>('select name from teams order by name');
    return rows.map(({ name }) => name);
  }

  /**
   * Keeps a seller, new or known. Who is new or back begins at the average of the others; and leads that wait for a seller
   * look again.
   */
  async put(settings: SellerSettings, now: Date): Promise<Seller> {
    return this.database.transaction(async (tx) => {
      // Timers first, then the team: see TeamStore.
      await this.handoffs.wake(tx, settings.team, now);
      await this.teams.lock(tx, settings.team);
      const sellers = tx.manager.getRepository(Seller);
      const team = await sellers.findBy({ team: settings.team });
      const known = team.find(({ id }) => id === settings.id);
      const others = team.filter(({ id }) => id !== settings.id);
      const isReturning = settings.available && !known?.available;
      const pointer = known && !isReturning ? known.pointer : pointerOnReturn(others);
      await sellers.upsert({ ...settings, pointer }, ['id']);
      return sellers.findOneByOrFail({ id: settings.id });
    });
  }
}
