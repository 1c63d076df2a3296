import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { LEAD_EVENTS, shownOf } from './live-event.js';
import { LiveEventStore } from './live-event.store.js';

/** Puts what happens to leads on the live stream. */
@Injectable()
export class OnLeadLiveFeed implements Handler {
  readonly events = [...LEAD_EVENTS.keys()];

  constructor(
    private readonly live: LiveEventStore,
    private readonly clock: Clock,
  ) {}

  async handle(batch: readonly Received[], tx: Transaction): Promise<readonly Outgoing[]> {
    await this.live.append(tx, shownOf(batch, LEAD_EVENTS, this.clock.now()));
    return [];
  }
}
