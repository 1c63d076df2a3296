import { IsIn } from 'class-validator';
import { IsInstant } from '../fields.js';
import { defineHandoffEvent, HandoffEventData, handoffExample } from './handoff.js';
import { CLOCKS, type ClockName } from './clock.js';

export class HandoffWarnedV1 extends HandoffEventData {
  @IsIn(CLOCKS) readonly clock!: ClockName;
  @IsInstant() readonly dueAt!: string;
  @IsInstant() readonly warnedAt!: string;
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
