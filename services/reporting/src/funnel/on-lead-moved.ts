import { isOf, type Handler, type Outgoing, type Received, type Transaction } from '@baton/bus';
import { LeadCreated, LeadStageChanged } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { FunnelFactsStore } from './funnel-facts.store.js';
import { entriesOf, firstEntryOf, leadFactOf } from './lead-facts.js';

/** Counts leads in the stages they reach. */
@Injectable()
export class OnLeadMoved implements Handler {
  readonly events = [LeadCreated, LeadStageChanged];

  constructor(private readonly facts: FunnelFactsStore) {}

  async handle(batch: readonly Received[], tx: Transaction): Promise<readonly Outgoing[]> {
    const created = batch.filter((message) => isOf(LeadCreated, message)).map(({ data }) => data);
    const moved = batch.filter((message) => isOf(LeadStageChanged, message)).map(({ data }) => data);
    await this.facts.add(tx, created.map(leadFactOf), [
      ...created.map(firstEntryOf),
      ...moved.flatMap(entriesOf),
    ]);
    return [];
  }
}
