import { erasePersons, type Handler, type Outgoing, type Received, type Transaction } from '@baton/bus';
import { LeadErasureRequested, type LeadErasureRequestedV1 } from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { PeopleStore } from '../person/people.store.js';
import { PersonLabelsStore } from './person-labels.store.js';

/** A person is erased: the labels that name them go, and the rows and paths of all who had one are derived again from what is left. */
@Injectable()
export class OnErasureRequested implements Handler {
  readonly events = [LeadErasureRequested];

  constructor(
    private readonly labels: PersonLabelsStore,
    private readonly people: PeopleStore,
    private readonly clock: Clock,
  ) {}

  handle(
    messages: readonly Received<LeadErasureRequestedV1>[],
    tx: Transaction,
  ): Promise<readonly Outgoing[]> {
    return erasePersons(tx, messages, 'reporting', this.clock.now(), async ({ data }) => {
      const { rows, labels, leadIds } = await this.labels.erase(tx, data);
      await this.people.derive(tx, [...data.leadIds, ...leadIds]);
      await this.labels.eraseKept(tx, labels);
      return { rows };
    });
  }
}
