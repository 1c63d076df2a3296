import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { LeadMerged, LeadUnmerged, type LeadMergedV1, type LeadUnmergedV1 } from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { MergedLeadStore, type IdentityChange } from '../person/merged-lead.store.js';
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
    const changes = messages.map(({ data }) => changeOf(data));
    await this.persons.lockChanged(tx, changes);
    await this.persons.save(tx, changes);
    // Of divided leads as well: a merge may have come before the division that it followed.
    const traceparents = new Map(
      messages.flatMap(({ traceparent }, index) => {
        const { leadId, otherId } = changes[index]!;
        return [leadId, otherId].map((id) => [id, traceparent] as const);
      }),
    );
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

const changeOf = (data: LeadMergedV1 | LeadUnmergedV1): IdentityChange => {
  const { leadId, profileIds, revision = 0 } = data;
  return 'intoLeadId' in data
    ? { leadId, profileIds, revision, ownerId: data.intoLeadId, otherId: data.intoLeadId, at: data.mergedAt }
    : { leadId, profileIds, revision, ownerId: leadId, otherId: data.fromLeadId, at: data.unmergedAt };
};
