import {
  HandoffAccepted,
  HandoffOffered,
  HandoffQualified,
  HandoffReassigned,
  HandoffRejected,
  type EventContract,
  type HandoffEventData,
} from '@baton/contracts';
import type { Lead } from '../lead/lead.js';
import type { CompiledFunnel } from '../funnel/stage.js';
import { advanced, rejected, type Standing } from '../funnel/sales-status.js';

/** What sales said of a hand-off, kept as evidence; times are ms since 1970. */
export interface VerdictRecord {
  readonly handoffId: string;
  readonly verdict: 'accepted' | 'qualified' | 'rejected';
  readonly leadId: string;
  readonly sellerId: string;
  readonly at: number;
  readonly reason: string | null;
  readonly teaches: string | null;
  readonly outcome: string | null;
  readonly wakeAt: number | null;
}

export interface Heard {
  readonly lead: Lead;
  /** Null where the hand-off only changed hands. */
  readonly verdict: VerdictRecord | null;
}

/** The hand-off events that say something about the lead. */
export const HANDOFF_EVENTS: readonly EventContract[] = [
  HandoffOffered,
  HandoffReassigned,
  HandoffAccepted,
  HandoffQualified,
  HandoffRejected,
];

/** The lead after a hand-off event, not yet settled: who it is with, and what sales said of it. */
export const hear = (
  lead: Lead,
  contract: EventContract,
  data: HandoffEventData,
  funnel: CompiledFunnel,
): Heard => {
  const verdict = verdictOf(contract, data);
  const owner = verdict?.verdict === 'rejected' ? null : { id: data.sellerId, name: data.sellerName };
  return { lead: { ...lead, owner, standing: standingAfter(lead.standing, verdict, funnel) }, verdict };
};

const verdictOf = (contract: EventContract, data: HandoffEventData): VerdictRecord | null => {
  const { handoffId, leadId, sellerId } = data;
  const none = { reason: null, teaches: null, outcome: null, wakeAt: null };
  if (isOf(HandoffAccepted, contract, data))
    return { handoffId, leadId, sellerId, ...none, verdict: 'accepted', at: Date.parse(data.acceptedAt) };
  if (isOf(HandoffQualified, contract, data))
    return { handoffId, leadId, sellerId, ...none, verdict: 'qualified', at: Date.parse(data.qualifiedAt) };
  if (!isOf(HandoffRejected, contract, data)) return null;
  const { reason, teaches, outcome } = data;
  const wakeAt = data.wakeAt === undefined ? null : Date.parse(data.wakeAt);
  const at = Date.parse(data.rejectedAt);
  return { handoffId, leadId, sellerId, verdict: 'rejected', reason, teaches, outcome, wakeAt, at };
};

const isOf = <Data extends HandoffEventData>(
  wanted: EventContract<string, Data>,
  contract: EventContract,
  _data: HandoffEventData,
): _data is Data => contract.type === wanted.type;

const standingAfter = (
  before: Standing,
  verdict: VerdictRecord | null,
  { document }: CompiledFunnel,
): Standing => {
  if (!verdict) return before;
  if (verdict.verdict !== 'rejected') return advanced(before, verdict.verdict);
  const outcome = verdict.outcome === 'disqualified' ? 'disqualified' : 'recycled';
  const restDays = document.exits.find(({ on }) => on === outcome)?.restDays;
  return rejected({ outcome, at: verdict.at, wakeAt: verdict.wakeAt ?? undefined, restDays });
};
