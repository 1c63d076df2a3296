import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { LeadErased, type LeadErasedV1 } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { ErasureStore } from './erasure.store.js';

/** A service deleted what it held of a person: its receipt is kept with the request. */
@Injectable()
export class OnLeadErased implements Handler {
  readonly events = [LeadErased];

  constructor(private readonly erasures: ErasureStore) {}

  async handle(messages: readonly Received<LeadErasedV1>[], tx: Transaction): Promise<Outgoing[]> {
    await this.erasures.addReceipts(
      tx,
      messages.map(({ data }) => data),
    );
    return [];
  }
}
