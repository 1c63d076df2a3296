import { isOf, type Handler, type Outgoing, type Received, type Transaction } from '@baton/bus';
import {
  LeadCreated,
  LeadMerged,
  LeadOriginCorrected,
  LeadStageChanged,
  LeadUnmerged,
  type EventContract,
} from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { PeopleStore } from '../person/people.store.js';
import { LeadFactsStore } from './lead-facts.store.js';
import { correctedFactOf, createdFactOf, moveOf } from './lead-facts.js';
import { LeadMergesStore } from './lead-merges.store.js';

/** Keeps what scoring says of leads, and derives the people it is about. */
@Injectable()
export class OnLeadMoved implements Handler {
  readonly events = [LeadCreated, LeadStageChanged, LeadMerged, LeadUnmerged, LeadOriginCorrected];

  constructor(
    private readonly facts: LeadFactsStore,
    private readonly merges: LeadMergesStore,
    private readonly people: PeopleStore,
  ) {}

  async handle(batch: readonly Received[], tx: Transaction): Promise<readonly Outgoing[]> {
    const moved = only(LeadStageChanged, batch).map(({ data, sequence }) => moveOf(data, sequence));
    const origins = [
      ...only(LeadCreated, batch).map(({ data, sequence }) => createdFactOf(data, sequence)),
      ...only(LeadOriginCorrected, batch).map(({ data, sequence }) => correctedFactOf(data, sequence)),
    ];
    await this.facts.addOrigins(tx, origins);
    await this.facts.addMoves(tx, moved);
    const related = await this.merges.add(tx, only(LeadMerged, batch), only(LeadUnmerged, batch));
    await this.people.derive(tx, [...[...origins, ...moved].map(({ leadId }) => leadId), ...related]);
    return [];
  }
}

const only = <Data extends object>(
  contract: EventContract<string, Data>,
  batch: readonly Received[],
): Received<Data>[] => batch.filter((message): message is Received<Data> => isOf(contract, message));
