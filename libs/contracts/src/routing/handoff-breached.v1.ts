import { IsIn } from 'class-validator';
import { IsInstant } from '../fields.js';
import { defineHandoffEvent, HandoffEventData, handoffExample } from './handoff.js';
import { CLOCKS, type ClockName } from './clock.js';

export class HandoffBreachedV1 extends HandoffEventData {
  @IsIn(CLOCKS) readonly clock!: ClockName;
  @IsInstant() readonly dueAt!: string;
  @IsInstant() readonly breachedAt!: string;
}

export const HandoffBreached = defineHandoffEvent({
  type: 'handoff.breached.v1',
  summary: 'A clock ran out.',
  data: HandoffBreachedV1,
  example: {
    ...handoffExample,
    clock: 'accept',
    dueAt: '2026-01-06T09:00:01.000Z',
    breachedAt: '2026-01-06T09:00:01.004Z',
  },
});
