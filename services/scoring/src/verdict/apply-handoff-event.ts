import {
  HandoffAccepted,
  HandoffOffered,
  HandoffQualified,
  HandoffReassigned,
  HandoffRejected,
  type EventContract,
  type HandoffEventData,
} from '@baton/contracts';
import { giveBack } from '../funnel/recycle.js';
import { afterVerdict } from '../funnel/sales-status.js';
import type { CompiledFunnel } from '../funnel/stage.js';
import { changeSales } from '../lead/lead-sales.js';
import type { HandoffPosition, Lead, Sales } from '../lead/lead.js';
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
 * The lead after a hand-off event of its, or of one merged into it: owner and sales status. An event that is older than the last one
 * applied changes neither, except that a positive verdict is added to those of the same acceptance; its verdict is given in any case.
 */
export const applyHandoffEvent = (lead: Lead, event: HandoffEvent, funnel: CompiledFunnel): HandoffEffect => {
  const verdict = verdictOf(event.contract, event.data);
  return {
    lead: changeSales(lead, event.data.leadId, (sales) => salesAfter(sales, event, verdict, funnel)),
    verdict,
  };
};

const salesAfter = (
  sales: Sales,
  event: HandoffEvent,
  verdict: Verdict | null,
  funnel: CompiledFunnel,
): Sales => {
  const { data, position } = event;
  if (isOutdated(sales.lastHandoff, event)) return withLateVerdict(sales, event, verdict);
  const owner = verdict?.verdict === 'rejected' ? null : { id: data.sellerId, name: data.sellerName };
  return { ...afterVerdictOf(sales, verdict, funnel), owner, lastHandoff: position };
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

const withLateVerdict = (sales: Sales, { position }: HandoffEvent, verdict: Verdict | null): Sales => {
  const isSameHandoff = sales.lastHandoff?.handoffId === position.handoffId;
  if (!verdict || verdict.verdict === 'rejected' || !isSameHandoff) return sales;
  if (sales.salesStatus?.state !== 'working') return sales;
  return { ...sales, salesStatus: afterVerdict(sales.salesStatus, verdict.verdict) };
};

const afterVerdictOf = (sales: Sales, verdict: Verdict | null, { document }: CompiledFunnel): Sales => {
  if (!verdict) return sales;
  if (verdict.verdict !== 'rejected')
    return { ...sales, salesStatus: afterVerdict(sales.salesStatus, verdict.verdict) };
  const { reason, at } = verdict;
  const outcome = verdict.outcome === 'disqualified' ? 'disqualified' : 'recycled';
  const wakeAt = verdict.wakeAt ?? undefined;
  return giveBack(sales, { on: 'rejected', reason, outcome, at, wakeAt }, document);
};
