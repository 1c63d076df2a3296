import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import type { HandoffEventData } from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { LeadSellersStore } from './lead-sellers.store.js';
import { HANDOFF_EVENTS, shownOf } from './live-event.js';
import { LiveEventStore } from './live-event.store.js';

/** Puts what happens to hand-offs on the live stream, and keeps which sellers see the events of a lead. */
@Injectable()
export class OnHandoffLiveFeed implements Handler {
  readonly events = [...HANDOFF_EVENTS.keys()];

  constructor(
    private readonly live: LiveEventStore,
    private readonly sellers: LeadSellersStore,
    private readonly clock: Clock,
  ) {}

  async handle(batch: readonly Received<HandoffEventData>[], tx: Transaction): Promise<readonly Outgoing[]> {
    // Of events that are history as well: later ones of the lead are shown.
    await this.sellers.add(
      tx,
      batch.map(({ data }) => data),
    );
    const shown = shownOf(batch, HANDOFF_EVENTS, this.clock.now());
    await this.live.append(tx, await this.sellers.ofPeople(tx, shown));
    return [];
  }
}
