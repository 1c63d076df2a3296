import { type Handler, type Outgoing, type Received, type Transaction } from '@baton/bus';
import { LeadMerged, LeadUnmerged, type LeadMergedV1, type LeadUnmergedV1 } from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { LeadSellersStore, type LeadLink } from './lead-sellers.store.js';
import { LEAD_EVENTS, shownOf } from './live-event.js';
import { LiveEventStore } from './live-event.store.js';

/** Puts what happens to leads on the live stream, and keeps which of them are one person. */
@Injectable()
export class OnLeadLiveFeed implements Handler {
  readonly events = [...LEAD_EVENTS.keys()];

  constructor(
    private readonly live: LiveEventStore,
    private readonly sellers: LeadSellersStore,
    private readonly clock: Clock,
  ) {}

  async handle(batch: readonly Received[], tx: Transaction): Promise<readonly Outgoing[]> {
    await this.sellers.link(tx, batch.flatMap(linkOf));
    const shown = shownOf(batch, LEAD_EVENTS, this.clock.now());
    await this.live.append(tx, await this.sellers.ofPeople(tx, shown));
    return [];
  }
}

const linkOf = (message: Received): LeadLink[] => {
  const { contract, sequence = 0 } = message;
  if (contract.type === LeadMerged.type) return [{ ...(message as Received<LeadMergedV1>).data, sequence }];
  const { leadId } = (message as Received<LeadUnmergedV1>).data;
  return contract.type === LeadUnmerged.type ? [{ leadId, intoLeadId: null, sequence }] : [];
};
