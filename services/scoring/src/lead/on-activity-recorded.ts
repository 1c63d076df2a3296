import { randomUUID } from 'node:crypto';
import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { ActivityRecorded, type ActivityRecordedV1 } from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { InForceStore } from '../definition/active-definitions.cache.js';
import { ActivityStore } from '../activity/activity.store.js';
import {
  gather,
  identifiersOf,
  incoming,
  type Acquainted,
  type Gathered,
  type Incoming,
} from './apply-batch.js';
import { toOutgoing, type Causes } from './lead-events.outgoing.js';
import { LeadStore } from './lead.store.js';
import type { InForce } from './record-activity.js';
import { settleAll } from './evaluate-leads.js';
import { TallyStore } from './current-tallies.js';

/** Somebody did something: whose is it, what is that lead worth now, and which stage is it in. A batch at a time. */
@Injectable()
export class OnActivityRecorded implements Handler {
  readonly events = [ActivityRecorded];

  constructor(
    private readonly leads: LeadStore,
    private readonly activities: ActivityStore,
    private readonly tallies: TallyStore,
    private readonly inForce: InForceStore,
    private readonly clock: Clock,
  ) {}

  async handle(messages: readonly Received<ActivityRecordedV1>[], tx: Transaction): Promise<Outgoing[]> {
    const fresh = await this.activities.admit(
      tx,
      messages.map(({ data }) => data),
    );
    if (fresh.length === 0) return [];
    const batch = fresh.map(incoming);
    // The order keeps two batches from waiting for each other: ids, then leads by id, then identifiers by key.
    const clock = this.clock.now();
    const now = clock.getTime();
    const inForce = await this.inForce.at(tx, clock);
    const known = await this.acquaint(tx, batch, inForce);
    const gathered = gather(batch, known, { inForce, now, newId: randomUUID });
    const outcome = settleAll(gathered.leads, inForce, now, 'activity');
    await this.leads.save(tx, outcome, now);
    await this.leads.link(tx, gathered.links);
    await this.leads.follow(tx, gathered.followers);
    await this.activities.append(tx, batch, gathered.leadIds);
    return toOutgoing(outcome, causesOf(messages, batch, gathered));
  }

  private async acquaint(tx: Transaction, batch: readonly Incoming[], inForce: InForce): Promise<Acquainted> {
    const known = await this.leads.lockByIdentifiers(tx, identifiersOf(batch));
    const leads = await this.tallies.brought(tx, [...known.leads.values()], inForce);
    return { owners: known.owners, leads: new Map(leads.map((lead) => [lead.id, lead])) };
  }
}

/** The trace of what happened to a lead goes on from the last thing it did. */
const causesOf = (
  messages: readonly Received<ActivityRecordedV1>[],
  batch: readonly Incoming[],
  { leadIds }: Gathered,
): Causes => {
  const traces = new Map<string, string | undefined>();
  for (const { data, traceparent } of messages) if (traceparent) traces.set(data.activityId, traceparent);
  const causes = new Map<string, string | undefined>();
  if (traces.size === 0) return causes;
  for (const [index, leadId] of leadIds.entries()) {
    const trace = traces.get(batch[index]!.data.activityId);
    if (leadId !== null && trace) causes.set(leadId, trace);
  }
  return causes;
};
