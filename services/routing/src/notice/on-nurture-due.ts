import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { LeadNurtureDue, type LeadNurtureDueV1 } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import type { Handoff } from '../handoff/handoff.js';
import { CurrentHandoffsStore } from './current-handoffs.store.js';
import type { AddressedNotice } from './notice.js';
import { TellEvents } from './tell-events.js';

/**
 * A lead that marketing is to take care of: endpoints are told, such as marketing's automation, and the seller who had its last
 * hand-off. A handler of its own, because a handler reads one topic.
 */
@Injectable()
export class OnNurtureDue implements Handler {
  readonly events = [LeadNurtureDue];

  constructor(
    private readonly handoffs: CurrentHandoffsStore,
    private readonly tell: TellEvents,
  ) {}

  async handle(
    messages: readonly Received<LeadNurtureDueV1>[],
    tx: Transaction,
  ): Promise<readonly Outgoing[]> {
    const last = await this.handoffs.lastOf([...new Set(messages.map(({ data }) => data.leadId))]);
    const events = messages.map((message) => ({
      message,
      notices: noticesOf(message.data, last.get(message.data.leadId)),
    }));
    return this.tell.run(tx, events);
  }
}

const noticesOf = (
  { leadId, words, signalledAt }: LeadNurtureDueV1,
  handoff: Handoff | undefined,
): AddressedNotice[] => {
  if (!handoff?.seller) return [];
  const { id: sellerId, name: sellerName } = handoff.seller;
  const { id: handoffId, offerNumber } = handoff;
  const at = Date.parse(signalledAt);
  const of = { leadId, handoffId, offerNumber, sellerId, sellerName };
  return [{ to: sellerId, notice: { ...of, kind: 'nurture-due', at, why: words } }];
};
