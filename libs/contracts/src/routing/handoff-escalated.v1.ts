import { IsIn, IsString, MaxLength } from 'class-validator';
import { IsInstant, Optional } from '../fields.js';
import { defineHandoffEvent, HandoffEventData, handoffExample } from './handoff.js';
import { CLOCKS, type ClockName } from './clock.js';

export class HandoffEscalatedV1 extends HandoffEventData {
  @IsIn(CLOCKS) readonly clock!: ClockName;
  @IsInstant() readonly dueAt!: string;
  @IsInstant() readonly escalatedAt!: string;
  /** Set when no other seller could be offered the lead, with the reason. The lead stays with its seller until a manager decides. */
  @Optional() @IsString() @MaxLength(512) readonly why?: string;
}

export const HandoffEscalated = defineHandoffEvent({
  type: 'handoff.escalated.v1',
  summary: 'A clock is close to its due time without an answer; the manager is notified.',
  data: HandoffEscalatedV1,
  example: {
    ...handoffExample,
    clock: 'accept',
    dueAt: '2026-01-06T09:00:01.000Z',
    escalatedAt: '2026-01-06T03:00:01.000Z',
  },
});
