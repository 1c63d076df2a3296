import { IsBoolean, IsIn } from 'class-validator';
import { IsInstant, Optional } from '../fields.js';
import { defineHandoffEvent, HandoffEventData, handoffExample } from './handoff.js';
import { CLOCKS, type ClockName } from './clock.js';

export class HandoffWarnedV1 extends HandoffEventData {
  @IsIn(CLOCKS) readonly clock!: ClockName;
  @IsInstant() readonly dueAt!: string;
  @IsInstant() readonly warnedAt!: string;
  /** The seller is reminded by every channel at once, and not as their settings say. */
  @Optional() @IsBoolean() readonly everyChannel?: boolean;
}

export const HandoffWarned = defineHandoffEvent({
  type: 'handoff.warned.v1',
  summary: 'A clock is close to its due time; the seller is reminded.',
  data: HandoffWarnedV1,
  example: {
    ...handoffExample,
    clock: 'accept',
    dueAt: '2026-01-06T09:00:01.000Z',
    warnedAt: '2026-01-05T15:00:01.000Z',
  },
});
