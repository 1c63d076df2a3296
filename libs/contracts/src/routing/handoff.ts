import { IsInt, IsString, MaxLength, Min } from 'class-validator';
import { defineEvent, type EventContract } from '../event-contract.js';
import { IsUuid } from '../uuid.js';

/** Fields of every hand-off event. */
export class HandoffEventData {
  @IsUuid() readonly handoffId!: string;
  @IsUuid() readonly leadId!: string;
  /** The seller the lead is offered to, or who accepted it, after this event. */
  @IsUuid() readonly sellerId!: string;
  @IsString() @MaxLength(256) readonly sellerName!: string;
  /** 1 for the first offer of the hand-off; each reassignment adds 1. */
  @IsInt() @Min(1) readonly offerNumber!: number;
  /** Definition id of the SLA policy this offer runs under, such as `sla-policy-1`. */
  @IsString() @MaxLength(80) readonly policyId!: string;
}

export const handoffExample = {
  handoffId: '7d3a1f0e-95a5-4e43-8a5b-1c7b5b1e0c01',
  leadId: '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001',
  sellerId: '2f0f8d1a-14f3-4b0f-9a42-6f6d2a2c0b02',
  sellerName: 'Sam Seller',
  offerNumber: 1,
  policyId: 'sla-policy-1',
} as const;

/** Keyed by the lead, so that the hand-offs of one lead are read in order. */
export const defineHandoffEvent = <const Type extends string, Data extends HandoffEventData>(
  contract: Pick<EventContract<Type, Data>, 'type' | 'summary' | 'data' | 'example'>,
): EventContract<Type, Data> =>
  defineEvent({
    ...contract,
    topic: 'handoffs',
    producers: ['routing'],
    key: (data) => data.leadId,
    subject: (data) => data.handoffId,
  });
