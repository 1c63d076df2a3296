import {
  DealChanged,
  DealChurned,
  DealLost,
  DealOpened,
  DealRenewed,
  DealWon,
  type DealChangedV1,
  type DealChurnedV1,
  type DealEventData,
  type DealLostV1,
  type DealOpenedV1,
  type DealRenewedV1,
  type DealWonV1,
} from '@baton/contracts';

/** What one event says of a deal. */
export interface DealFact extends DealEventData {
  /** Of the event: the newest decides on value, seller and reasons. */
  readonly at: string;
  readonly openedAt?: string;
  readonly wonAt?: string;
  readonly lostAt?: string;
  readonly churnedAt?: string;
  readonly amount?: number;
  readonly currency?: string;
  readonly competitor?: string;
  readonly lostReason?: string;
}

/** A period that a customer renewed. */
export interface Renewal {
  readonly dealId: string;
  readonly renewedAt: string;
  readonly amount: number;
  readonly currency: string;
}

type FactOf = (data: any) => Omit<DealFact, keyof DealEventData>;
const FACTS: ReadonlyMap<string, FactOf> = new Map<string, FactOf>([
  [DealOpened.type, ({ openedAt, value }: DealOpenedV1) => ({ ...value, at: openedAt, openedAt })],
  [DealChanged.type, ({ changedAt, value }: DealChangedV1) => ({ ...value, at: changedAt })],
  [DealWon.type, ({ wonAt, value }: DealWonV1) => ({ ...value, at: wonAt, wonAt })],
  [
    DealLost.type,
    ({ lostAt, competitor = '', reason }: DealLostV1) => ({
      at: lostAt,
      lostAt,
      lostReason: reason,
      competitor: competitor.trim(),
    }),
  ],
  [DealChurned.type, ({ churnedAt }: DealChurnedV1) => ({ at: churnedAt, churnedAt })],
]);

/** None for a renewal, which is a fact of its own. */
export const dealFactsOf = (type: string, data: DealEventData): DealFact[] => {
  const fact = FACTS.get(type);
  if (!fact) return [];
  const { dealId, leadId, sellerId, sellerName } = data;
  return [
    { dealId, leadId, ...(sellerId && { sellerId }), ...(sellerName && { sellerName }), ...fact(data) },
  ];
};

export const renewalsOf = (type: string, data: DealEventData): Renewal[] => {
  if (type !== DealRenewed.type) return [];
  const { dealId, renewedAt, value } = data as DealRenewedV1;
  return [{ dealId, renewedAt, ...value }];
};
