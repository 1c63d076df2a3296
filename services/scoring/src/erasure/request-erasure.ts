import { Outbox, outgoing } from '@baton/bus';
import { LeadErased, LeadErasureRequested } from '@baton/contracts';
import { Clock, DomainError, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { EraseLeadStore } from './erase-lead.store.js';
import type { ErasureReason } from './erasure-reason.js';
import { ErasureStore } from './erasure.store.js';

/** An administrator decides that a person is to be erased: scoring does it in the same transaction, the other services follow. */
@Injectable()
export class RequestErasure {
  constructor(
    private readonly outbox: Outbox,
    private readonly erasures: ErasureStore,
    private readonly leads: EraseLeadStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Asked again for the same person it gives the same request.
   *
   * @returns the id of the request. @throws DomainError `not-found`
   */
  run(
    leadId: string,
    { reason, blocked }: { reason: ErasureReason; blocked: boolean },
    by: User,
  ): Promise<string> {
    return this.outbox.transact(async (tx) => {
      const person = await this.leads.lock(tx, leadId);
      if (!person) {
        const earlier = await this.erasures.ofLead(tx, leadId);
        if (!earlier) throw new DomainError('not-found', `There is no lead ${leadId}.`);
        return { events: [], result: earlier };
      }
      const requestedAt = this.clock.now();
      const id = randomUUID();
      await this.erasures.add(tx, { id, leadId, reason, requestedBy: by.name, blocked, requestedAt });
      const request = { requestId: id, ...person, blocked, requestedAt: requestedAt.toISOString() };
      const receipt = {
        requestId: id,
        service: 'scoring',
        erased: await this.leads.erase(tx, request),
        erasedAt: requestedAt.toISOString(),
      };
      await this.erasures.addReceipts(tx, [receipt]);
      return {
        events: [outgoing(LeadErasureRequested, request, 1), outgoing(LeadErased, receipt, 1)],
        result: id,
      };
    });
  }
}
