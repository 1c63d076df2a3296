import { outgoing, type Outgoing } from '@baton/bus';
import { ActivityAttributed, type ActivityAttributedV1 } from '@baton/contracts';
import type { Outcome } from './evaluate-leads.js';
import { pageOf, type Touch } from './touch.js';

/** By lead id, the trace context of the message that led to its events. */
export type TraceparentByLead = ReadonlyMap<string, string | undefined>;

const NO_TRACES: TraceparentByLead = new Map();

/** The events of an outcome, to be published. */
export const toOutgoing = ({ events }: Outcome, traceparents = NO_TRACES): Outgoing[] =>
  events.map(({ contract, data, sequence, leadId }) =>
    outgoing(contract, data, sequence, { traceparent: traceparents.get(leadId) }),
  );

/** Touches have no versions: there is one event of each activity. */
export const toTouches = (touches: readonly Touch[], traceparents: TraceparentByLead): Outgoing[] =>
  touches.map((touch) =>
    outgoing(ActivityAttributed, toData(touch), undefined, { traceparent: traceparents.get(touch.leadId) }),
  );

const toData = ({ touchId, profileId, leadId, kind, at, activity }: Touch): ActivityAttributedV1 => {
  const page = pageOf(activity.pageUrl);
  return {
    touchId,
    activityId: activity.activityId,
    leadId,
    profileId,
    kind,
    name: kind === 'visit' ? '' : activity.name,
    occurredAt: new Date(at).toISOString(),
    sourceId: activity.sourceId,
    channel: activity.channel,
    ...(activity.campaign ? { campaign: activity.campaign } : {}),
    ...(page ? { page } : {}),
  };
};
