import { IsInstant, Nested } from '../fields.js';
import { DealEventData, dealExample, defineDealEvent, Money } from './deal.js';

export class DealWonV1 extends DealEventData {
  @Nested(() => Money) readonly value!: Money;
  @IsInstant() readonly wonAt!: string;
}

export const DealWon = defineDealEvent({
  type: 'deal.won.v1',
  summary: 'A deal was won: the lead is a customer.',
  data: DealWonV1,
  example: { ...dealExample, value: { amount: 14000, currency: 'EUR' }, wonAt: '2026-02-01T09:00:00.000Z' },
});
