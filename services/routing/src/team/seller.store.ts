import type { Transaction } from '@baton/bus';
import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Seller } from './seller.entity.js';

/** Sellers as managers see and change them. */
@Injectable()
export class SellerStore {
  constructor(private readonly database: ReadDatabase) {}

  async list(): Promise<Seller[]> {
    return this.database.source.getRepository(Seller).find({ order: { name: 'asc', id: 'asc' } });
  }

  async find(id: string): Promise<Seller | null> {
    return this.database.source.getRepository(Seller).findOneBy({ id });
  }

  /** Those of these ids that are sellers. */
  async existing(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await this.database.source.getRepository(Seller).findBy({ id: In([...ids]) });
    return new Set(found.map(({ id }) => id));
  }

  async findIn(tx: Transaction, id: string): Promise<Seller | null> {
    return tx.manager.getRepository(Seller).findOneBy({ id });
  }

  async ofTeam(tx: Transaction, team: string): Promise<Seller[]> {
    return tx.manager.getRepository(Seller).findBy({ team });
  }

  /** Inserts or updates; the round robin's columns only when they are given. */
  async save(tx: Transaction, seller: Partial<Seller> & Pick<Seller, 'id'>): Promise<void> {
    await tx.manager.getRepository(Seller).upsert(seller, ['id']);
  }
}
