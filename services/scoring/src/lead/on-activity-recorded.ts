import { createHash } from 'node:crypto';
import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { ActivityRecorded, type ActivityRecordedV1 } from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { ActivityStore } from '../activity/activity.store.js';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import type { Digest } from '../identity/lead-id.js';
import {
  applyBatch,
  identifiersOf,
  toIncoming,
  type IncomingActivity,
  type KnownLeads,
} from './apply-batch.js';
import { CurrentTallies } from './current-tallies.js';
import { evaluateLeads } from './evaluate-leads.js';
import { toOutgoing, type TraceparentByLead } from './lead.outgoing.js';
import { LeadStore } from './lead.store.js';

const sha256: Digest = (text) => createHash('sha256').update(text).digest('hex');

/** Resolves the leads of a batch of activities, records the activities there, and evaluates score and stage of those leads. */
@Injectable()
export class OnActivityRecorded implements Handler {
  readonly events = [ActivityRecorded];

  constructor(
    private readonly leads: LeadStore,
    private readonly activities: ActivityStore,
    private readonly tallies: CurrentTallies,
    private readonly definitions: ActiveDefinitionsCache,
    private readonly clock: Clock,
  ) {}

  /** Locks in the same order in every batch: activity ids, then leads by id, then identifiers by key. */
  async handle(messages: readonly Received<ActivityRecordedV1>[], tx: Transaction): Promise<Outgoing[]> {
    const admitted = await this.activities.admit(
      tx,
      messages.map(({ data }) => data),
    );
    if (admitted.length === 0) return [];
    const clock = this.clock.now();
    const now = clock.getTime();
    const definitions = await this.definitions.at(tx, clock);
    const batch = admitted.map(toIncoming);
    const known = await this.knownLeads(tx, batch, definitions);
    const applied = applyBatch(batch, known, { definitions, now, digest: sha256 });
    const outcome = evaluateLeads(applied.leads, { definitions, now, cause: 'activity' });
    await this.leads.save(tx, outcome, now, applied);
    await this.activities.append(
      tx,
      batch.map(({ data, activity }, index) => ({ data, at: activity.at, leadId: applied.leadIds[index]! })),
    );
    return toOutgoing(outcome, traceparentsOf(messages, admitted, applied.leadIds));
  }

  private async knownLeads(
    tx: Transaction,
    batch: readonly IncomingActivity[],
    definitions: ActiveDefinitions,
  ): Promise<KnownLeads> {
    const known = await this.leads.lockByIdentifiers(tx, identifiersOf(batch));
    const leads = await this.tallies.of(tx, [...known.leads.values()], definitions);
    return { owners: known.owners, leads: new Map(leads.map((lead) => [lead.id, lead])) };
  }
}

/** The events of a lead continue the trace of its last activity in the batch. */
const traceparentsOf = (
  messages: readonly Received<ActivityRecordedV1>[],
  activities: readonly ActivityRecordedV1[],
  leadIds: readonly (string | null)[],
): TraceparentByLead => {
  const byActivity = new Map<string, string>();
  for (const { data, traceparent } of messages) if (traceparent) byActivity.set(data.activityId, traceparent);
  const byLead = new Map<string, string>();
  if (byActivity.size === 0) return byLead;
  for (const [index, leadId] of leadIds.entries()) {
    const traceparent = byActivity.get(activities[index]!.activityId);
    if (leadId !== null && traceparent) byLead.set(leadId, traceparent);
  }
  return byLead;
};
