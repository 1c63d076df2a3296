import {
  HandoffAccepted,
  HandoffQualified,
  HandoffRejected,
  type EventContract,
  type HandoffEventData,
} from '@baton/contracts';

/** A verdict of sales on a hand-off, stored to judge the scoring model by; times are ms since 1970. */
export interface Verdict {
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

/** The verdict in a hand-off event; null when it only concerns the assignment. */
export const verdictOf = (contract: EventContract, data: HandoffEventData): Verdict | null => {
  if (isOf(HandoffAccepted, contract, data)) return positive(data, 'accepted', data.acceptedAt);
  if (isOf(HandoffQualified, contract, data)) return positive(data, 'qualified', data.qualifiedAt);
  if (!isOf(HandoffRejected, contract, data)) return null;
  return {
    handoffId: data.handoffId,
    verdict: 'rejected',
    leadId: data.leadId,
    sellerId: data.sellerId,
    at: Date.parse(data.rejectedAt),
    reason: data.reason,
    teaches: data.teaches,
    outcome: data.outcome,
    wakeAt: data.wakeAt === undefined ? null : Date.parse(data.wakeAt),
  };
};

const positive = (
  { handoffId, leadId, sellerId }: HandoffEventData,
  verdict: 'accepted' | 'qualified',
  at: string,
): Verdict => ({
  handoffId,
  verdict,
  leadId,
  sellerId,
  at: Date.parse(at),
  reason: null,
  teaches: null,
  outcome: null,
  wakeAt: null,
});

const isOf = <Data extends HandoffEventData>(
  wanted: EventContract<string, Data>,
  contract: EventContract,
  _data: HandoffEventData,
): _data is Data => contract.type === wanted.type;
