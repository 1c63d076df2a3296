import type {
  HandoffAcceptedV1,
  HandoffAttemptedV1,
  HandoffBreachedV1,
  HandoffEventData,
  HandoffOfferedV1,
  HandoffQualifiedV1,
  HandoffReassignedV1,
  HandoffRejectedV1,
  HandoffRetimedV1,
} from '@baton/contracts';

/** The instants of one offer of a hand-off to one seller. */
export interface OfferTimes {
  readonly offeredAt?: string;
  readonly acceptedAt?: string;
  readonly touchedAt?: string;
  readonly rejectedAt?: string;
  readonly qualifiedAt?: string;
  /** When the lead was offered to another seller instead. */
  readonly replacedAt?: string;
  /** When the first clock ran out, as routing said. */
  readonly breachedAt?: string;
}

/** Due instants, of which the one said last counts: a changed calendar moves them. Of all other instants the earliest does. */
export interface DueTimes {
  readonly acceptDueAt?: string;
  readonly acceptDueSaidAt?: string;
  readonly touchDueAt?: string;
  readonly touchDueSaidAt?: string;
}

export interface OfferFact extends OfferTimes, DueTimes {
  readonly handoffId: string;
  readonly offer: number;
  readonly leadId: string;
  readonly sellerId: string;
  readonly sellerName?: string;
  /** When the event that names the seller happened: the newest decides. Absent where only the id is known. */
  readonly sellerAt?: string;
  readonly rejectReason?: string;
}

export const TIMES = [
  'offeredAt',
  'acceptedAt',
  'touchedAt',
  'rejectedAt',
  'qualifiedAt',
  'replacedAt',
  'breachedAt',
] as const satisfies readonly (keyof OfferTimes)[];

export const DUES = ['acceptDue', 'touchDue'] as const;

const offerOf = (
  { handoffId, offerNumber, leadId, sellerId, sellerName }: HandoffEventData,
  sellerAt: string,
): OfferFact => ({ handoffId, offer: offerNumber, leadId, sellerId, sellerName, sellerAt });

const acceptDue = (at: string, saidAt: string): DueTimes => ({ acceptDueAt: at, acceptDueSaidAt: saidAt });
const touchDue = (at: string, saidAt: string): DueTimes => ({ touchDueAt: at, touchDueSaidAt: saidAt });

export const offered = (event: HandoffOfferedV1): OfferFact[] => [
  {
    ...offerOf(event, event.offeredAt),
    offeredAt: event.offeredAt,
    ...acceptDue(event.acceptBy, event.offeredAt),
  },
];

/** Ends one offer and begins the next. */
export const reassigned = (event: HandoffReassignedV1): OfferFact[] => {
  const { handoffId, leadId, fromSellerId, reassignedAt } = event;
  return [
    { handoffId, leadId, offer: event.offerNumber - 1, sellerId: fromSellerId, replacedAt: reassignedAt },
    {
      ...offerOf(event, reassignedAt),
      offeredAt: reassignedAt,
      ...acceptDue(event.acceptBy, reassignedAt),
    },
  ];
};

export const accepted = (event: HandoffAcceptedV1): OfferFact[] => [
  {
    ...offerOf(event, event.acceptedAt),
    acceptedAt: event.acceptedAt,
    ...touchDue(event.firstTouchBy, event.acceptedAt),
  },
];

export const attempted = (event: HandoffAttemptedV1): OfferFact[] => [
  { ...offerOf(event, event.attemptedAt), touchedAt: event.attemptedAt },
];

export const rejected = (event: HandoffRejectedV1): OfferFact[] => [
  { ...offerOf(event, event.rejectedAt), rejectedAt: event.rejectedAt, rejectReason: event.reason },
];

/** A seller qualifies only a lead that was reached. */
export const qualified = (event: HandoffQualifiedV1): OfferFact[] => [
  { ...offerOf(event, event.qualifiedAt), qualifiedAt: event.qualifiedAt, touchedAt: event.qualifiedAt },
];

export const breached = (event: HandoffBreachedV1): OfferFact[] => [
  { ...offerOf(event, event.breachedAt), breachedAt: event.breachedAt },
];

export const retimed = (event: HandoffRetimedV1): OfferFact[] => [
  {
    ...offerOf(event, event.retimedAt),
    ...(event.clock === 'accept' ? acceptDue : touchDue)(event.dueAt, event.retimedAt),
  },
];
