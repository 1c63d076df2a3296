import type { ClockName } from '@baton/contracts';
import type { Handoff } from '../handoff/handoff.js';
import type { Instant } from '../policy/duration.js';

export const NOTICE_KINDS = [
  'offered',
  'warned',
  'escalated',
  'breached',
  'passed-on',
  'nurture-due',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What a person is told about a hand-off. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly handoffId: string;
  readonly leadId: string;
  readonly offerNumber: number;
  readonly sellerId: string;
  readonly sellerName: string;
  readonly at: Instant;
  readonly clock?: ClockName;
  readonly dueAt?: Instant;
  readonly why?: string;
  /** Sent by every channel at once, whatever the settings say. */
  readonly everyChannel?: boolean;
}

/** A notice and whom it is for: a seller by id; null: the managers who lead the seller's team. */
export interface AddressedNotice {
  readonly notice: Notice;
  readonly to: string | null;
}

/** Whether the notice still says what is so: one that waited, for the end of the night or a server, may be outdated. */
export const isCurrent = (notice: Notice, handoff: Handoff | undefined): boolean => {
  if (!handoff) return false;
  const isSameOffer = handoff.offerNumber === notice.offerNumber && handoff.seller?.id === notice.sellerId;
  switch (notice.kind) {
    case 'offered':
      return isSameOffer && handoff.status === 'offered';
    case 'warned':
      return isSameOffer && isAwaited(notice, handoff);
    case 'escalated':
    case 'breached':
      return isAwaited(notice, handoff);
    case 'passed-on':
    case 'nurture-due':
      return true;
  }
};

/** Whether the action that the clock waits for is still missing. */
const isAwaited = ({ clock }: Notice, { status, attemptCount }: Handoff): boolean =>
  clock === 'first-touch' ? status === 'accepted' && attemptCount === 0 : status === 'offered';
