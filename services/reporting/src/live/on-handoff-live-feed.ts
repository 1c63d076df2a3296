import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import {
  HandoffAccepted,
  HandoffAttempted,
  HandoffBreached,
  HandoffEscalated,
  HandoffOffered,
  HandoffQualified,
  HandoffReassigned,
  HandoffRejected,
  HandoffWarned,
  type HandoffEventData,
} from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { handoffNews } from './live-event.js';
import { LiveEventStore } from './live-event.store.js';
import { newestOf } from './newest-of.js';

/** Tells the live stream of hand-offs. Stands after the handler that counts, for the counter's lock comes last. */
@Injectable()
export class OnHandoffNews implements Handler {
  readonly events = [
    HandoffOffered,
    HandoffWarned,
    HandoffEscalated,
    HandoffBreached,
    HandoffReassigned,
    HandoffAccepted,
    HandoffRejected,
    HandoffAttempted,
    HandoffQualified,
  ];

  constructor(private readonly live: LiveEventStore) {}

  async handle(batch: readonly Received<HandoffEventData>[], tx: Transaction): Promise<readonly Outgoing[]> {
    const news = batch.map(({ contract, data }) => handoffNews(contract.type, data));
    await this.live.append(tx, news, newestOf(batch));
    return [];
  }
}
