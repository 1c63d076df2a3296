import type { HandoffEventData } from '@baton/contracts';
import type {
  HandoffAcceptedV1,
  HandoffAttemptedV1,
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
  /** When the lead was offered to somebody else instead. */
  readonly replacedAt?: string;
}

export interface OfferFact extends OfferTimes {
  readonly handoffId: string;
  readonly offer: number;
  readonly leadId: string;
  readonly sellerId: string;
  readonly sellerName?: string;
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

const offerOf = ({
  handoffId,
  offerNumber: offer,
  leadId,
  sellerId,
  sellerName,
}: HandoffEventData): OfferFact => ({
  handoffId,
  offer,
  leadId,
  sellerId,
  sellerName,
});

export const offered = (event: HandoffOfferedV1): OfferFact[] => [
  { ...offerOf(event), offeredAt: event.offeredAt, acceptDueAt: event.acceptBy },
];

/** Ends one offer and begins the next. */
export const reassigned = (event: HandoffReassignedV1): OfferFact[] => {
  const { handoffId, leadId, fromSellerId, reassignedAt } = event;
  return [
    { handoffId, leadId, offer: event.offerNumber - 1, sellerId: fromSellerId, replacedAt: reassignedAt },
    { ...offerOf(event), offeredAt: reassignedAt, acceptDueAt: event.acceptBy },
  ];
};

export const accepted = (event: HandoffAcceptedV1): OfferFact[] => [
  { ...offerOf(event), acceptedAt: event.acceptedAt, touchDueAt: event.firstTouchBy },
];

export const attempted = (event: HandoffAttemptedV1): OfferFact[] => [
  { ...offerOf(event), touchedAt: event.attemptedAt },
];

export const rejected = (event: HandoffRejectedV1): OfferFact[] => [
  { ...offerOf(event), rejectedAt: event.rejectedAt },
];

/** Nobody qualifies whom they did not reach. */
export const qualified = (event: HandoffQualifiedV1): OfferFact[] => [
  { ...offerOf(event), qualifiedAt: event.qualifiedAt, touchedAt: event.qualifiedAt },
];

/** One fact per offer, in key order; of each instant the earliest, so that their order does not matter. */
export const mergedOffers = (facts: readonly OfferFact[]): OfferFact[] => {
  const merged = new Map<string, OfferFact>();
  for (const fact of facts) {
    const key = `${fact.handoffId} ${String(fact.offer).padStart(9, '0')}`;
    const known = merged.get(key);
    merged.set(key, known ? merge(known, fact) : fact);
  }
  return [...merged.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fact]) => fact);
};

const merge = (a: OfferFact, b: OfferFact): OfferFact => ({
  ...b,
  ...a,
  ...Object.fromEntries(TIMES.flatMap((time) => earliest(time, a[time], b[time]))),
});

const earliest = (time: string, a: string | undefined, b: string | undefined): [string, string][] => {
  const first = a === undefined ? b : b === undefined || Date.parse(a) <= Date.parse(b) ? a : b;
  return first === undefined ? [] : [[time, first]];
};
