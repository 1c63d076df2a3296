import { IsString, MaxLength } from 'class-validator';
import { IsInstant } from '../fields.js';
import { defineHandoffEvent, HandoffEventData, handoffExample } from './handoff.js';
import { IsUuid } from '../uuid.js';

export class HandoffReassignedV1 extends HandoffEventData {
  @IsUuid() readonly fromSellerId!: string;
  @IsInstant() readonly reassignedAt!: string;
  @IsInstant() readonly acceptBy!: string;
  @IsString() @MaxLength(512) readonly why!: string;
}

export const HandoffReassigned = defineHandoffEvent({
  type: 'handoff.reassigned.v1',
  summary:
    'The lead is offered to another seller, because the accept clock ran out or a person reassigned it.',
  data: HandoffReassignedV1,
  example: {
    ...handoffExample,
    offerNumber: 2,
    fromSellerId: '9a0f8d1a-14f3-4b0f-9a42-6f6d2a2c0b09',
    reassignedAt: '2026-01-06T09:00:01.000Z',
    acceptBy: '2026-01-07T09:00:01.000Z',
    why: 'next in turn in team Sales',
  },
});
