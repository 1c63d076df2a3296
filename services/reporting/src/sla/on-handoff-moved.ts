import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import {
  HandoffAccepted,
  HandoffAttempted,
  HandoffOffered,
  HandoffQualified,
  HandoffReassigned,
  HandoffRejected,
  type EventContract,
} from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import {
  accepted,
  attempted,
  offered,
  qualified,
  reassigned,
  rejected,
  type OfferFact,
} from './offer-facts.js';
import { OfferFactsStore } from './offer-facts.store.js';

type Facts = (data: any) => OfferFact[];
const FACTS: ReadonlyMap<EventContract, Facts> = new Map<EventContract, Facts>([
  [HandoffOffered, offered],
  [HandoffReassigned, reassigned],
  [HandoffAccepted, accepted],
  [HandoffAttempted, attempted],
  [HandoffRejected, rejected],
  [HandoffQualified, qualified],
]);

/** Stores when each offer was made, due and answered. Breaches are derived from these when they are read. */
@Injectable()
export class OnHandoffMoved implements Handler {
  readonly events = [...FACTS.keys()];

  constructor(private readonly facts: OfferFactsStore) {}

  async handle(batch: readonly Received[], tx: Transaction): Promise<readonly Outgoing[]> {
    await this.facts.add(
      tx,
      batch.flatMap(({ contract, data }) => FACTS.get(contract)?.(data) ?? []),
    );
    return [];
  }
}
