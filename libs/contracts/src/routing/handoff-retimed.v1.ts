import { IsIn } from 'class-validator';
import { IsInstant } from '../fields.js';
import { defineHandoffEvent, HandoffEventData, handoffExample } from './handoff.js';
import { CLOCKS, type ClockName } from './clock.js';

export class HandoffRetimedV1 extends HandoffEventData {
  @IsIn(CLOCKS) readonly clock!: ClockName;
  /** When it is due now, instead of what earlier events of this offer say. */
  @IsInstant() readonly dueAt!: string;
  @IsInstant() readonly retimedAt!: string;
}

export const HandoffRetimed = defineHandoffEvent({
  type: 'handoff.retimed.v1',
  summary: 'A running clock is due at another time: the working time of its seller changed.',
  data: HandoffRetimedV1,
  example: {
    ...handoffExample,
    clock: 'accept',
    dueAt: '2026-01-07T10:00:01.000Z',
    retimedAt: '2026-01-05T12:00:00.000Z',
  },
});
