import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { LeadMerged, LeadUnmerged, type LeadMergedV1, type LeadUnmergedV1 } from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { MergedLeadStore } from '../person/merged-lead.store.js';
import { offerWaiting } from '../team/waiting-timer.js';
import { endDuplicate, goesOn } from './ending.js';
import { HandoffStore } from './handoff.store.js';
import { RecordChanges, type HandoffChange } from './record-changes.js';

type Message = Received<LeadMergedV1 | LeadUnmergedV1>;

/** Leads are one person, or two again: of the open hand-offs of one person, which are with sellers already, one goes on and the others end. */
@Injectable()
export class OnLeadMerged implements Handler {
  readonly events = [LeadMerged, LeadUnmerged];

  constructor(
    private readonly persons: MergedLeadStore,
    private readonly handoffs: HandoffStore,
    private readonly changes: RecordChanges,
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  async handle(messages: readonly Message[], tx: Transaction): Promise<readonly Outgoing[]> {
    const leadIds = [...new Set(messages.flatMap(({ data }) => [data.leadId, otherOf(data)]))];
    await this.persons.lockPersons(tx, leadIds);
    const traceparents = new Map<string, string | undefined>();
    for (const { data, traceparent } of messages) {
      if ('intoLeadId' in data) {
        await this.persons.merge(tx, data);
        traceparents.set(data.leadId, traceparent).set(data.intoLeadId, traceparent);
      } else await this.persons.divide(tx, data);
    }
    const now = this.clock.now();
    const ended = (await this.handoffs.lockOpenOfPersons(tx, [...traceparents.keys()])).flatMap(
      (open): HandoffChange[] => {
        const kept = open.reduce(goesOn);
        return open
          .filter((handoff) => handoff !== kept)
          .map((handoff) => ({
            handoff,
            events: endDuplicate(handoff, now.getTime()),
            cause: { traceparent: traceparents.get(handoff.leadId) },
          }));
      },
    );
    if (ended.length === 0) return [];
    const teams = [...new Set(ended.map(({ handoff }) => handoff.team))];
    await this.timers.schedule(tx, offerWaiting(teams, now));
    return (await this.changes.run(tx, ended)).events;
  }
}

const otherOf = (data: LeadMergedV1 | LeadUnmergedV1): string =>
  'intoLeadId' in data ? data.intoLeadId : data.fromLeadId;
