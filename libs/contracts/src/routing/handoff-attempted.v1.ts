import { IsInt, IsString, MaxLength, Min } from 'class-validator';
import { IsInstant } from '../fields.js';
import { IsOpenIn, type Open } from '../open-enum.js';
import { defineHandoffEvent, HandoffEventData, handoffExample } from './handoff.js';
import { ATTEMPT_CHANNELS, ATTEMPT_OUTCOMES, type AttemptChannel, type AttemptOutcome } from './verdict.js';

export class HandoffAttemptedV1 extends HandoffEventData {
  @IsInt() @Min(1) readonly attempt!: number;
  @IsOpenIn(ATTEMPT_CHANNELS) readonly channel!: Open<AttemptChannel>;
  @IsOpenIn(ATTEMPT_OUTCOMES) readonly outcome!: Open<AttemptOutcome>;
  @IsInstant() readonly attemptedAt!: string;
  @IsString() @MaxLength(64) readonly decidedBy!: string;
}

export const HandoffAttempted = defineHandoffEvent({
  type: 'handoff.attempted.v1',
  summary: 'A seller recorded an attempt to reach the lead.',
  data: HandoffAttemptedV1,
  example: {
    ...handoffExample,
    attempt: 1,
    channel: 'phone',
    outcome: 'reached',
    attemptedAt: '2026-01-05T11:00:00.000Z',
    decidedBy: '2f0f8d1a-14f3-4b0f-9a42-6f6d2a2c0b02',
  },
});
