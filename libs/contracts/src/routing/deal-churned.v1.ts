import { IsString, MaxLength } from 'class-validator';
import { IsInstant, Optional } from '../fields.js';
import { DealEventData, dealExample, defineDealEvent } from './deal.js';

export class DealChurnedV1 extends DealEventData {
  @Optional() @IsString() @MaxLength(64) readonly reason?: string;
  @IsInstant() readonly churnedAt!: string;
}

export const DealChurned = defineDealEvent({
  type: 'deal.churned.v1',
  summary: 'A customer left.',
  data: DealChurnedV1,
  example: { ...dealExample, reason: 'price', churnedAt: '2028-02-01T09:00:00.000Z' },
});
