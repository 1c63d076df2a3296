import { IsString, MaxLength } from 'class-validator';
import { IsInstant, Nested, Optional } from '../fields.js';
import { DealEventData, dealExample, defineDealEvent, Money } from './deal.js';

export class DealChangedV1 extends DealEventData {
  @IsString() @MaxLength(64) readonly stage!: string;
  @Optional() @Nested(() => Money) readonly value?: Money;
  @IsInstant() readonly changedAt!: string;
}

export const DealChanged = defineDealEvent({
  type: 'deal.changed.v1',
  summary:
    'The stage of an open deal changed, or the value of a deal; a greater value of a won deal is growth.',
  data: DealChangedV1,
  example: {
    ...dealExample,
    stage: 'proposal',
    value: { amount: 14000, currency: 'EUR' },
    changedAt: '2026-01-15T09:00:00.000Z',
  },
});
