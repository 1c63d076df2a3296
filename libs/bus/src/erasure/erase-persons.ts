import { LeadErased, type ErasedRows, type LeadErasureRequestedV1 } from '@baton/contracts';
import type { Transaction } from '../database/database.js';
import { outgoing, type Outgoing, type Received } from '../event/message.js';
import { beginErasure } from '../reader/erased-leads.js';

/** What a service deleted or emptied of a person, and the events that follow from it. */
export interface Erased {
  readonly rows: readonly ErasedRows[];
  readonly events?: readonly Outgoing[];
}

/**
 * Erases the person of each request once.
 *
 * @param service as the receipt names it
 * @returns for each request its events, then the receipt; nothing for a request that the service did already
 */
export const erasePersons = async (
  tx: Transaction,
  messages: readonly Received<LeadErasureRequestedV1>[],
  service: string,
  now: Date,
  erase: (message: Received<LeadErasureRequestedV1>) => Promise<Erased>,
): Promise<readonly Outgoing[]> => {
  const all: Outgoing[] = [];
  for (const message of messages) {
    const { data, traceparent } = message;
    if (!(await beginErasure(tx, data))) continue;
    const { rows, events = [] } = await erase(message);
    const receipt = { requestId: data.requestId, service, erased: rows, erasedAt: now.toISOString() };
    all.push(...events, outgoing(LeadErased, receipt, 1, { traceparent }));
  }
  return all;
};
