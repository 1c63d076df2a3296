import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { ActivityAttributed, type ActivityAttributedV1 } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { PeopleStore } from '../person/people.store.js';
import { touchOf } from './lead-touch.js';
import { LeadTouchStore } from './lead-touch.store.js';

/** Keeps the touches of leads and derives the paths they are on. */
@Injectable()
export class OnActivityAttributed implements Handler {
  readonly events = [ActivityAttributed];

  constructor(
    private readonly touches: LeadTouchStore,
    private readonly people: PeopleStore,
  ) {}

  async handle(
    batch: readonly Received<ActivityAttributedV1>[],
    tx: Transaction,
  ): Promise<readonly Outgoing[]> {
    const touches = batch.map(({ data }) => touchOf(data));
    // Before the write: the same touch may have been known with another lead. After it: a merge may be undone meanwhile.
    const before = await this.touches.leadsOf(tx, touches);
    await this.touches.add(tx, touches);
    await this.people.derive(tx, before, () => this.touches.leadsOf(tx, touches));
    return [];
  }
}
