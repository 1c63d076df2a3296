import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { LeadErasureRequested, type LeadErasureRequestedV1 } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { EraseLeadStore } from './erase-lead.store.js';
import { ErasureStore } from './erasure.store.js';

/** A request that this database does not know: it was restored from a backup older than the erasure, which is repeated. */
@Injectable()
export class OnErasureRequested implements Handler {
  readonly events = [LeadErasureRequested];

  constructor(
    private readonly erasures: ErasureStore,
    private readonly leads: EraseLeadStore,
  ) {}

  async handle(messages: readonly Received<LeadErasureRequestedV1>[], tx: Transaction): Promise<Outgoing[]> {
    for (const { data } of messages) {
      const isNew = await this.erasures.add(tx, {
        id: data.requestId,
        leadId: data.leadIds[0]!,
        reason: null,
        requestedBy: null,
        blocked: data.blocked,
        requestedAt: new Date(data.requestedAt),
      });
      if (isNew) await this.leads.erase(tx, data);
    }
    return [];
  }
}
