import { isOf, type Handler, type Outgoing, type Received, type Transaction } from '@baton/bus';
import { LeadCreated, LeadStageChanged, type EventContract } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { FunnelFactsStore } from './funnel-facts.store.js';
import { entriesOf, firstEntryOf, leadFactOf } from './lead-facts.js';

/** Counts leads in the stages they reach. */
@Injectable()
export class OnLeadMoved implements Handler {
  readonly events = [LeadCreated, LeadStageChanged];

  constructor(private readonly facts: FunnelFactsStore) {}

  async handle(batch: readonly Received[], tx: Transaction): Promise<readonly Outgoing[]> {
    const created = datasOf(LeadCreated, batch);
    const moved = datasOf(LeadStageChanged, batch);
    await this.facts.add(tx, created.map(leadFactOf), [
      ...created.map(firstEntryOf),
      ...moved.flatMap(entriesOf),
    ]);
    return [];
  }
}

const datasOf = <Data extends object>(
  contract: EventContract<string, Data>,
  batch: readonly Received[],
): Data[] => batch.filter((message) => isOf(contract, message)).map((message) => message.data as Data);
