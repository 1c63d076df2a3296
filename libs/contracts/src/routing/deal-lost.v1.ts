import { IsString, MaxLength } from 'class-validator';
import { IsInstant, Optional } from '../fields.js';
import { DealEventData, dealExample, defineDealEvent } from './deal.js';

export class DealLostV1 extends DealEventData {
  @IsString() @MaxLength(64) readonly reason!: string;
  @Optional() @IsString() @MaxLength(128) readonly competitor?: string;
  @IsInstant() readonly lostAt!: string;
}

export const DealLost = defineDealEvent({
  type: 'deal.lost.v1',
  summary: 'A deal was lost, with the reason and the competitor it went to.',
  data: DealLostV1,
  example: {
    ...dealExample,
    reason: 'price',
    competitor: 'Difference Machines',
    lostAt: '2026-02-01T09:00:00.000Z',
  },
});
