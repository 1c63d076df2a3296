import { IsIn, IsString, MaxLength } from 'class-validator';
import { IsInstant, Optional } from '../fields.js';
import { IsOpenIn, type Open } from '../open-enum.js';
import { defineHandoffEvent, HandoffEventData, handoffExample } from './handoff.js';
import { LESSONS, REJECT_OUTCOMES, type Lesson, type RejectOutcome } from './verdict.js';

export class HandoffRejectedV1 extends HandoffEventData {
  @IsString() @MaxLength(64) readonly reason!: string;
  @IsOpenIn(LESSONS) readonly teaches!: Open<Lesson>;
  @IsIn(REJECT_OUTCOMES) readonly outcome!: RejectOutcome;
  /** When a recycled lead may be offered again. */
  @Optional() @IsInstant() readonly wakeAt?: string;
  @IsInstant() readonly rejectedAt!: string;
  @IsString() @MaxLength(64) readonly decidedBy!: string;
}

export const HandoffRejected = defineHandoffEvent({
  type: 'handoff.rejected.v1',
  summary: 'A seller rejected the lead with a reason, which states what it teaches.',
  data: HandoffRejectedV1,
  example: {
    ...handoffExample,
    reason: 'bad-timing',
    teaches: 'timing',
    outcome: 'recycled',
    wakeAt: '2026-04-01T00:00:00.000Z',
    rejectedAt: '2026-01-05T10:00:00.000Z',
    decidedBy: '2f0f8d1a-14f3-4b0f-9a42-6f6d2a2c0b02',
  },
});
