import { erasePersons, type Handler, type Outgoing, type Received, type Transaction } from '@baton/bus';
import { LeadErasureRequested, type LeadErasureRequestedV1 } from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { PeopleStore } from '../person/people.store.js';
import { PersonLabelsStore } from './person-labels.store.js';

/** Leads that are derived with one statement. */
const LEADS_PER_STEP = 2_000;

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
      const concerned = [...new Set([...data.leadIds, ...leadIds])].sort();
      for (let done = 0; done < concerned.length; done += LEADS_PER_STEP)
        await this.people.derive(tx, concerned.slice(done, done + LEADS_PER_STEP));
      await this.labels.eraseKept(tx, labels);
      return { rows };
    });
  }
}
