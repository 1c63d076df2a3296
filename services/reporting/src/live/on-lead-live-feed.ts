import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { LeadCreated, LeadScored, LeadStageChanged, type EventContract } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { createdNews, scoredNews, stageNews, worthTelling, type LiveEvent } from './live-event.js';
import { LiveEventStore } from './live-event.store.js';
import { newestOf } from './newest-of.js';

const NEWS: ReadonlyMap<EventContract, (data: any) => LiveEvent> = new Map<
  EventContract,
  (data: any) => LiveEvent
>([
  [LeadCreated, createdNews],
  [LeadScored, scoredNews],
  [LeadStageChanged, stageNews],
]);

/** Tells the live stream of leads. Stands after the handler that counts, for the counter's lock comes last. */
@Injectable()
export class OnLeadNews implements Handler {
  readonly events = [...NEWS.keys()];

  constructor(private readonly live: LiveEventStore) {}

  async handle(batch: readonly Received[], tx: Transaction): Promise<readonly Outgoing[]> {
    const news = batch.flatMap(({ contract, data }) => NEWS.get(contract)?.(data) ?? []);
    await this.live.append(tx, worthTelling(news), newestOf(batch));
    return [];
  }
}
