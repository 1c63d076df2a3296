import { IsString, MaxLength } from 'class-validator';
import { IsInstant } from '../fields.js';
import { defineHandoffEvent, HandoffEventData, handoffExample } from './handoff.js';

export class HandoffOfferedV1 extends HandoffEventData {
  @IsInstant() readonly offeredAt!: string;
  @IsInstant() readonly acceptBy!: string;
  /** Why this seller: the rule that decided, in words. */
  @IsString() @MaxLength(512) readonly why!: string;
}

export const HandoffOffered = defineHandoffEvent({
  type: 'handoff.offered.v1',
  summary: 'A sales-ready lead was offered to a seller; the accept clock runs.',
  data: HandoffOfferedV1,
  example: {
    ...handoffExample,
    offeredAt: '2026-01-05T09:00:01.000Z',
    acceptBy: '2026-01-06T09:00:01.000Z',
    why: 'next in turn in team Sales',
  },
});
