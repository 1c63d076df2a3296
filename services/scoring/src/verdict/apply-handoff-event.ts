import {
  HandoffAccepted,
  HandoffOffered,
  HandoffQualified,
  HandoffReassigned,
  HandoffRejected,
  type EventContract,
  type HandoffEventData,
} from '@baton/contracts';
import { afterRejection, afterVerdict, type SalesStatus } from '../funnel/sales-status.js';
import type { CompiledFunnel } from '../funnel/stage.js';
import type { HandoffPosition, Lead } from '../lead/lead.js';
import { verdictOf, type Verdict } from './verdict.js';

/** The hand-off events that change a lead. */
export const HANDOFF_EVENTS: readonly EventContract[] = [
  HandoffOffered,
  HandoffReassigned,
  HandoffAccepted,
  HandoffQualified,
  HandoffRejected,
];

/** A hand-off event with its position among the events of the lead. */
export interface HandoffEvent {
  readonly contract: EventContract;
  readonly data: HandoffEventData;
  readonly position: HandoffPosition;
  /** A dead letter that was put back: later events may have been applied already. */
  readonly redelivered: boolean;
}

export interface HandoffEffect {
  /** Not yet evaluated. */
  readonly lead: Lead;
  readonly verdict: Verdict | null;
}

/**
 * The lead after a hand-off event: its owner and sales status. An event that is older than the last one applied changes neither, except
 * that a positive verdict is added to those of the same acceptance; its verdict is given in any case.
 */
export const applyHandoffEvent = (lead: Lead, event: HandoffEvent, funnel: CompiledFunnel): HandoffEffect => {
  const { data, position } = event;
  const verdict = verdictOf(event.contract, data);
  if (isOutdated(lead.lastHandoff, event)) return { lead: withLateVerdict(lead, event, verdict), verdict };
  const owner = verdict?.verdict === 'rejected' ? null : { id: data.sellerId, name: data.sellerName };
  const salesStatus = salesStatusAfter(lead.salesStatus, verdict, funnel);
  return { lead: { ...lead, owner, salesStatus, lastHandoff: position }, verdict };
};

/**
 * Events of one hand-off are ordered by sequence. Those of different hand-offs are in order in the log, so only a redelivered one
 * can be late; it is compared by time of publication.
 */
const isOutdated = (last: HandoffPosition | null, { position, redelivered }: HandoffEvent): boolean => {
  if (last === null) return false;
  if (last.handoffId === position.handoffId) return position.sequence <= last.sequence;
  return redelivered && position.publishedAt < last.publishedAt;
};

const withLateVerdict = (lead: Lead, { position }: HandoffEvent, verdict: Verdict | null): Lead => {
  const isSameHandoff = lead.lastHandoff?.handoffId === position.handoffId;
  if (!verdict || verdict.verdict === 'rejected' || !isSameHandoff) return lead;
  if (lead.salesStatus?.state !== 'working') return lead;
  return { ...lead, salesStatus: afterVerdict(lead.salesStatus, verdict.verdict) };
};

const salesStatusAfter = (
  before: SalesStatus,
  verdict: Verdict | null,
  { document }: CompiledFunnel,
): SalesStatus => {
  if (!verdict) return before;
  if (verdict.verdict !== 'rejected') return afterVerdict(before, verdict.verdict);
  const outcome = verdict.outcome === 'disqualified' ? 'disqualified' : 'recycled';
  const restDays = document.exits.find(({ on }) => on === outcome)?.restDays;
  return afterRejection({ outcome, at: verdict.at, wakeAt: verdict.wakeAt ?? undefined, restDays });
};
