import type {
  HandoffAcceptedV1,
  HandoffAttemptedV1,
  HandoffEventData,
  HandoffOfferedV1,
  HandoffQualifiedV1,
  HandoffReassignedV1,
  HandoffRejectedV1,
} from '@baton/contracts';

/** The instants of one offer of a hand-off to one seller. */
export interface OfferTimes {
  readonly offeredAt?: string;
  readonly acceptDueAt?: string;
  readonly acceptedAt?: string;
  readonly touchDueAt?: string;
  readonly touchedAt?: string;
  readonly rejectedAt?: string;
  readonly qualifiedAt?: string;
  /** When the lead was offered to another seller instead. */
  readonly replacedAt?: string;
}

export interface OfferFact extends OfferTimes {
  readonly handoffId: string;
  readonly offer: number;
  readonly leadId: string;
  readonly sellerId: string;
  readonly sellerName?: string;
  /** When the event that names the seller happened: the newest decides. Absent where only the id is known. */
  readonly sellerAt?: string;
}

export const TIMES = [
  'offeredAt',
  'acceptDueAt',
  'acceptedAt',
  'touchDueAt',
  'touchedAt',
  'rejectedAt',
  'qualifiedAt',
  'replacedAt',
] as const satisfies readonly (keyof OfferTimes)[];

const offerOf = (
  { handoffId, offerNumber, leadId, sellerId, sellerName }: HandoffEventData,
  sellerAt: string,
): OfferFact => ({ handoffId, offer: offerNumber, leadId, sellerId, sellerName, sellerAt });

export const offered = (event: HandoffOfferedV1): OfferFact[] => [
  { ...offerOf(event, event.offeredAt), offeredAt: event.offeredAt, acceptDueAt: event.acceptBy },
];

/** Ends one offer and begins the next. */
export const reassigned = (event: HandoffReassignedV1): OfferFact[] => {
  const { handoffId, leadId, fromSellerId, reassignedAt } = event;
  return [
    { handoffId, leadId, offer: event.offerNumber - 1, sellerId: fromSellerId, replacedAt: reassignedAt },
    { ...offerOf(event, reassignedAt), offeredAt: reassignedAt, acceptDueAt: event.acceptBy },
  ];
};

export const accepted = (event: HandoffAcceptedV1): OfferFact[] => [
  { ...offerOf(event, event.acceptedAt), acceptedAt: event.acceptedAt, touchDueAt: event.firstTouchBy },
];

export const attempted = (event: HandoffAttemptedV1): OfferFact[] => [
  { ...offerOf(event, event.attemptedAt), touchedAt: event.attemptedAt },
];

export const rejected = (event: HandoffRejectedV1): OfferFact[] => [
  { ...offerOf(event, event.rejectedAt), rejectedAt: event.rejectedAt },
];

/** A seller qualifies only a lead that was reached. */
export const qualified = (event: HandoffQualifiedV1): OfferFact[] => [
  { ...offerOf(event, event.qualifiedAt), qualifiedAt: event.qualifiedAt, touchedAt: event.qualifiedAt },
];
