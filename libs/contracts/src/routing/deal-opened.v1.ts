import { IsString, MaxLength } from 'class-validator';
import { IsInstant, Nested, Optional } from '../fields.js';
import { DealEventData, dealExample, defineDealEvent, Money } from './deal.js';

export class DealOpenedV1 extends DealEventData {
  /** Stage in the pipeline of sales, such as `proposal`. */
  @IsString() @MaxLength(64) readonly stage!: string;
  @Optional() @Nested(() => Money) readonly value?: Money;
  @IsInstant() readonly openedAt!: string;
}

export const DealOpened = defineDealEvent({
  type: 'deal.opened.v1',
  summary: 'A seller sees a possible deal.',
  data: DealOpenedV1,
  example: {
    ...dealExample,
    stage: 'discovery',
    value: { amount: 12000, currency: 'EUR' },
    openedAt: '2026-01-08T09:00:00.000Z',
  },
});
