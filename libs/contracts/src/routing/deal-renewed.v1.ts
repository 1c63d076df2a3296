import { IsInstant, Nested } from '../fields.js';
import { DealEventData, dealExample, defineDealEvent, Money } from './deal.js';

export class DealRenewedV1 extends DealEventData {
  /** The value of the new period. */
  @Nested(() => Money) readonly value!: Money;
  @IsInstant() readonly renewedAt!: string;
}

export const DealRenewed = defineDealEvent({
  type: 'deal.renewed.v1',
  summary: 'A customer renewed; the value may have grown or shrunk.',
  data: DealRenewedV1,
  example: {
    ...dealExample,
    value: { amount: 16000, currency: 'EUR' },
    renewedAt: '2027-02-01T09:00:00.000Z',
  },
});
