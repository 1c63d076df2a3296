import {
  HandoffBreached,
  HandoffEscalated,
  HandoffOffered,
  HandoffReassigned,
  HandoffWarned,
  type EventContract,
  type HandoffEventData,
} from '@baton/contracts';
import type { AddressedNotice, Notice } from './notice.js';

/** Whom an event of a hand-off is told to; none for most events. */
export const noticesOf = (contract: EventContract, data: HandoffEventData): readonly AddressedNotice[] => {
  const { handoffId, leadId, offerNumber, sellerId, sellerName } = data;
  const notice = (fields: Pick<Notice, 'kind' | 'at'> & Partial<Notice>): Notice => ({
    handoffId,
    leadId,
    offerNumber,
    sellerId,
    sellerName,
    ...fields,
  });
  if (isOf(HandoffOffered, contract, data)) {
    const at = Date.parse(data.offeredAt);
    return [
      {
        to: sellerId,
        notice: notice({ kind: 'offered', at, dueAt: Date.parse(data.acceptBy), why: data.why }),
      },
    ];
  }
  if (isOf(HandoffReassigned, contract, data)) {
    const at = Date.parse(data.reassignedAt);
    const dueAt = Date.parse(data.acceptBy);
    return [
      { to: sellerId, notice: notice({ kind: 'offered', at, dueAt, why: data.why }) },
      { to: data.fromSellerId, notice: notice({ kind: 'passed-on', at, why: data.why }) },
    ];
  }
  if (isOf(HandoffWarned, contract, data)) {
    const { clock, dueAt, warnedAt, everyChannel } = data;
    const fields = {
      at: Date.parse(warnedAt),
      clock,
      dueAt: Date.parse(dueAt),
      ...(everyChannel && { everyChannel }),
    };
    return [{ to: sellerId, notice: notice({ kind: 'warned', ...fields }) }];
  }
  if (isOf(HandoffEscalated, contract, data)) {
    const { clock, dueAt, escalatedAt, why } = data;
    const fields = {
      at: Date.parse(escalatedAt),
      clock,
      dueAt: Date.parse(dueAt),
      ...(why !== undefined && { why }),
    };
    return [{ to: null, notice: notice({ kind: 'escalated', ...fields }) }];
  }
  if (!isOf(HandoffBreached, contract, data)) return [];
  const fields = { at: Date.parse(data.breachedAt), clock: data.clock, dueAt: Date.parse(data.dueAt) };
  const breached = notice({ kind: 'breached', ...fields });
  return [
    { to: sellerId, notice: breached },
    { to: null, notice: breached },
  ];
};

const isOf = <Data extends HandoffEventData>(
  wanted: EventContract<string, Data>,
  contract: EventContract,
  _data: HandoffEventData,
): _data is Data => contract.type === wanted.type;
