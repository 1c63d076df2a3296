import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import {
  DealChanged,
  DealChurned,
  DealLost,
  DealOpened,
  DealRenewed,
  DealWon,
  HandoffAccepted,
  HandoffAttempted,
  HandoffBreached,
  HandoffOffered,
  HandoffQualified,
  HandoffReassigned,
  HandoffRejected,
  HandoffRetimed,
  type DealEventData,
  type EventContract,
} from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import {
  accepted,
  attempted,
  breached,
  offered,
  qualified,
  reassigned,
  rejected,
  retimed,
  type OfferFact,
} from './offer-facts.js';
import { DealFactsStore } from '../deal/deal-facts.store.js';
import { PeopleStore } from '../person/people.store.js';
import { OfferFactsStore } from './offer-facts.store.js';

type Facts = (data: any) => OfferFact[];
const FACTS: ReadonlyMap<EventContract, Facts> = new Map<EventContract, Facts>([
  [HandoffOffered, offered],
  [HandoffReassigned, reassigned],
  [HandoffAccepted, accepted],
  [HandoffAttempted, attempted],
  [HandoffRejected, rejected],
  [HandoffQualified, qualified],
  [HandoffBreached, breached],
  [HandoffRetimed, retimed],
]);

const DEALS: readonly EventContract[] = [
  DealOpened,
  DealChanged,
  DealWon,
  DealLost,
  DealRenewed,
  DealChurned,
];

/**
 * Stores when each offer was made, due and answered, and what became of deals; one handler, because people are derived last in a
 * transaction. Breaches in the report of this moment are derived from instants when they are read.
 */
@Injectable()
export class OnHandoffMoved implements Handler {
  readonly events = [...FACTS.keys(), ...DEALS];

  constructor(
    private readonly offers: OfferFactsStore,
    private readonly deals: DealFactsStore,
    private readonly people: PeopleStore,
  ) {}

  async handle(batch: readonly Received[], tx: Transaction): Promise<readonly Outgoing[]> {
    const offers = batch.flatMap(({ contract, data }) => FACTS.get(contract)?.(data) ?? []);
    const deals = batch.filter(({ contract }) => DEALS.includes(contract));
    await this.offers.add(tx, offers);
    await this.deals.add(tx, deals);
    await this.people.derive(tx, [
      ...offers.map(({ leadId }) => leadId),
      ...deals.map(({ data }: Received<DealEventData>) => data.leadId),
    ]);
    return [];
  }
}
