import { IsNumber, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { defineEvent, type EventContract } from '../event-contract.js';
import { Optional } from '../fields.js';
import { IsUuid } from '../uuid.js';

/** Largest amount of a deal, in units of its currency. */
export const MAX_AMOUNT = 1e12;

/** An amount of money in units of the currency, such as 1200.5, with its ISO 4217 code. */
export class Money {
  @IsNumber() @Min(0) @Max(MAX_AMOUNT) readonly amount!: number;
  @IsString() @Matches(/^[A-Z]{3}$/) readonly currency!: string;
}

/** Fields of every deal event. */
export class DealEventData {
  @IsUuid() readonly dealId!: string;
  @IsUuid() readonly leadId!: string;
  /** The hand-off that led to the deal; absent when sales found it without one. */
  @Optional() @IsUuid() readonly handoffId?: string;
  /** The seller of the deal; absent when only the CRM knows. */
  @Optional() @IsUuid() readonly sellerId?: string;
  @Optional() @IsString() @MaxLength(256) readonly sellerName?: string;
}

export const dealExample = {
  dealId: '9a1b2c3d-0e4f-4a5b-8c6d-7e8f9a0b1c02',
  leadId: '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001',
  handoffId: '7d3a1f0e-95a5-4e43-8a5b-1c7b5b1e0c01',
  sellerId: '2f0f8d1a-14f3-4b0f-9a42-6f6d2a2c0b02',
  sellerName: 'Sam Seller',
} as const;

/** Keyed by the lead, so that its deals are read in order with its hand-offs. */
export const defineDealEvent = <const Type extends string, Data extends DealEventData>(
  contract: Pick<EventContract<Type, Data>, 'type' | 'summary' | 'data' | 'example'>,
): EventContract<Type, Data> =>
  defineEvent({
    ...contract,
    topic: 'handoffs',
    producers: ['routing'],
    key: (data) => data.leadId,
    subject: (data) => data.dealId,
  });
