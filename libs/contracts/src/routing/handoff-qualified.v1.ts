import { IsBoolean, IsString, MaxLength } from 'class-validator';
import { IsInstant } from '../fields.js';
import { defineHandoffEvent, HandoffEventData, handoffExample } from './handoff.js';

export class HandoffQualifiedV1 extends HandoffEventData {
  @IsBoolean() readonly budget!: boolean;
  @IsBoolean() readonly authority!: boolean;
  @IsBoolean() readonly need!: boolean;
  @IsBoolean() readonly timeline!: boolean;
  @IsInstant() readonly qualifiedAt!: string;
  @IsString() @MaxLength(64) readonly decidedBy!: string;
}

export const HandoffQualified = defineHandoffEvent({
  type: 'handoff.qualified.v1',
  summary: 'The seller examined the lead and it meets the criteria of sales (BANT).',
  data: HandoffQualifiedV1,
  example: {
    ...handoffExample,
    budget: true,
    authority: true,
    need: true,
    timeline: false,
    qualifiedAt: '2026-01-07T10:00:00.000Z',
    decidedBy: '2f0f8d1a-14f3-4b0f-9a42-6f6d2a2c0b02',
  },
});
