import { hash } from 'node:crypto';
import { outgoing, type Handler, type Outgoing, type Received, type Transaction } from '@baton/bus';
import { ActivityRecorded, LeadDealReported, type ActivityRecordedV1 } from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { ActivityStore } from '../activity/activity.store.js';
import { dealReportOf } from '../deal/deal-report.js';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import { withoutErased } from '../identity/erased-identifiers.store.js';
import type { Digest } from '../identity/lead-id.js';
import {
  applyBatch,
  identifiersOf,
  isUncovered,
  toIncoming,
  type AppliedBatch,
  type IncomingActivity,
} from './apply-batch.js';
import type { KnownLeads } from './batch-state.js';
import type { Lead } from './lead.js';
import { LeadHistory } from './lead-history.js';
import { toOutgoing, toTouches, type TraceparentByLead } from './lead.outgoing.js';
import { LeadStore } from './lead.store.js';
import { MovedLeads } from './moved-leads.js';

const sha256: Digest = (text) => hash('sha256', text);

/** Resolves the leads of a batch of activities, records the activities there, and evaluates score and stage of those leads. */
@Injectable()
export class OnActivityRecorded implements Handler {
  readonly events = [ActivityRecorded];

  constructor(
    private readonly leads: LeadStore,
    private readonly activities: ActivityStore,
    private readonly history: LeadHistory,
    private readonly moved: MovedLeads,
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
    const incoming = admitted.map(toIncoming);
    const found = await this.leads.lockByIdentifiers(tx, identifiersOf(incoming));
    const batch = await withoutErased(tx, incoming);
    if (batch.length === 0) return [];
    const clock = this.clock.now();
    const now = clock.getTime();
    const definitions = await this.definitions.at(tx, clock);
    const applied = await this.apply(tx, batch, found, { definitions, now });
    await this.activities.append(
      tx,
      batch.map(({ data, activity }, index) => ({
        data,
        at: activity.at,
        profileId: applied.owners[index]?.profileId ?? null,
        emailProfileId: applied.emailProfileIds[index],
      })),
    );
    const outcome = await this.moved.evaluate(tx, applied, { definitions, now, cause: 'activity' });
    await this.leads.save(tx, outcome, now, applied);
    const activities = batch.map(({ data }) => data);
    const traceparents = traceparentsOf(messages, activities, applied);
    return [
      ...toOutgoing(outcome, traceparents),
      ...toTouches(applied.touches, traceparents),
      ...dealReportsOf(
        activities,
        applied.owners.map((owner) => owner?.leadId ?? null),
        traceparents,
      ),
    ];
  }

  /** Applies a batch, again with more of their surroundings when it may join or divide leads. */
  private async apply(
    tx: Transaction,
    batch: readonly IncomingActivity[],
    found: KnownLeads,
    { definitions, now }: { readonly definitions: ActiveDefinitions; readonly now: number },
  ): Promise<AppliedBatch> {
    let known: KnownLeads = { ...found, leads: await this.current(tx, found.leads, definitions) };
    const seeds = new Set<string>();
    for (;;) {
      const applied = applyBatch(batch, known, { definitions, now, digest: sha256 });
      if (!isUncovered(applied)) return applied;
      // Of a lead that comes back by this batch, the one that it is part of until then.
      for (const id of applied.uncovered) seeds.add(known.leads.get(id)?.mergedInto ?? id);
      const { leads, neighbourhood } = await this.leads.lockNeighbourhood(tx, [...seeds], found.leads);
      known = { ...found, leads: await this.current(tx, leads, definitions), neighbourhood };
    }
  }

  private async current(
    tx: Transaction,
    leads: ReadonlyMap<string, Lead>,
    definitions: ActiveDefinitions,
  ): Promise<ReadonlyMap<string, Lead>> {
    const current = await this.history.withTallies(tx, [...leads.values()], definitions);
    return new Map(current.map((lead) => [lead.id, lead]));
  }
}

/** What the activities say about deals, for routing; each activity is reported once. */
const dealReportsOf = (
  activities: readonly ActivityRecordedV1[],
  leadIds: readonly (string | null)[],
  traceparents: TraceparentByLead,
): Outgoing[] =>
  activities.flatMap((activity, index) => {
    const leadId = leadIds[index] ?? null;
    const report = leadId === null ? null : dealReportOf(activity, leadId);
    return report
      ? outgoing(LeadDealReported, report, 1, { traceparent: traceparents.get(report.leadId) })
      : [];
  });

/** The events of a lead continue the trace of its last activity in the batch. */
const traceparentsOf = (
  messages: readonly Received<ActivityRecordedV1>[],
  activities: readonly ActivityRecordedV1[],
  { owners }: AppliedBatch,
): TraceparentByLead => {
  const byActivity = new Map<string, string>();
  for (const { data, traceparent } of messages) if (traceparent) byActivity.set(data.activityId, traceparent);
  const byLead = new Map<string, string>();
  if (byActivity.size === 0) return byLead;
  for (const [index, owner] of owners.entries()) {
    const traceparent = byActivity.get(activities[index]!.activityId);
    if (owner && traceparent) byLead.set(owner.leadId, traceparent);
  }
  return byLead;
};
