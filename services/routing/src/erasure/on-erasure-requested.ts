import {
  erasePersons,
  type Erased,
  type Handler,
  type Outgoing,
  type Received,
  type Transaction,
} from '@baton/bus';
import { LeadErasureRequested, type LeadErasureRequestedV1 } from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { endErased } from '../handoff/ending.js';
import { HandoffStore } from '../handoff/handoff.store.js';
import { RecordChanges } from '../handoff/record-changes.js';
import { MergedLeadStore } from '../person/merged-lead.store.js';
import { offerWaiting } from '../team/waiting-timer.js';
import { PersonRowsStore } from './person-rows.store.js';

/** A person is erased: open hand-offs end, so that sellers and reports are told, and all of the person's rows go in the same commit. */
@Injectable()
export class OnErasureRequested implements Handler {
  readonly events = [LeadErasureRequested];

  constructor(
    private readonly persons: MergedLeadStore,
    private readonly handoffs: HandoffStore,
    private readonly rows: PersonRowsStore,
    private readonly changes: RecordChanges,
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  handle(
    messages: readonly Received<LeadErasureRequestedV1>[],
    tx: Transaction,
  ): Promise<readonly Outgoing[]> {
    const now = this.clock.now();
    return erasePersons(tx, messages, 'routing', now, (message) => this.erase(tx, message, now));
  }

  private async erase(
    tx: Transaction,
    { data, traceparent }: Received<LeadErasureRequestedV1>,
    now: Date,
  ): Promise<Erased> {
    await this.persons.lockPersons(tx, data.leadIds);
    const events = await this.endHandoffs(tx, data.leadIds, now, traceparent);
    return { rows: await this.rows.erase(tx, data), events };
  }

  private async endHandoffs(
    tx: Transaction,
    leadIds: readonly string[],
    now: Date,
    traceparent: string | undefined,
  ): Promise<readonly Outgoing[]> {
    const handoffs = [];
    for (const id of await this.rows.handoffsOf(tx, leadIds))
      handoffs.push((await this.handoffs.lock(tx, id))!);
    const changes = handoffs
      .map((handoff) => ({ handoff, events: endErased(handoff, now.getTime()), cause: { traceparent } }))
      .filter(({ events }) => events.length > 0);
    if (changes.length === 0) return [];
    const teams = [...new Set(changes.map(({ handoff }) => handoff.team))];
    await this.timers.schedule(tx, offerWaiting(teams, now));
    return (await this.changes.run(tx, changes)).events;
  }
}
