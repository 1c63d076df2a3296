import { IsString, MaxLength } from 'class-validator';
import { IsInstant } from '../fields.js';
import { defineHandoffEvent, HandoffEventData, handoffExample } from './handoff.js';

export class HandoffAcceptedV1 extends HandoffEventData {
  @IsInstant() readonly acceptedAt!: string;
  @IsInstant() readonly firstTouchBy!: string;
  /** User id of the seller, or of the manager who decided for the seller. */
  @IsString() @MaxLength(64) readonly decidedBy!: string;
}

export const HandoffAccepted = defineHandoffEvent({
  type: 'handoff.accepted.v1',
  summary: 'A seller took the lead; the first-touch clock runs.',
  data: HandoffAcceptedV1,
  example: {
    ...handoffExample,
    acceptedAt: '2026-01-05T10:00:00.000Z',
    firstTouchBy: '2026-01-06T10:00:00.000Z',
    decidedBy: '2f0f8d1a-14f3-4b0f-9a42-6f6d2a2c0b02',
  },
});
