import { IsString, MaxLength } from 'class-validator';
import { defineEvent } from '../event-contract.js';
import { IsInstant, Nested, Optional } from '../fields.js';
import { IsUuid } from '../uuid.js';
import { Score } from './lead-scored.v1.js';

export class LeadNurtureDueV1 {
  @IsUuid() readonly leadId!: string;
  /** Key of the nurture rule of the funnel. */
  @IsString() @MaxLength(64) readonly reason!: string;
  /** The rule in words. */
  @IsString() @MaxLength(120) readonly words!: string;
  @IsString() @MaxLength(64) readonly stage!: string;
  /** Since when the rule has held. */
  @IsInstant() readonly since!: string;
  @IsInstant() readonly dueAt!: string;
  @Nested(() => Score) readonly score!: Score;
  @IsString() @MaxLength(64) readonly channel!: string;
  @Optional() @IsString() @MaxLength(256) readonly campaign?: string;
  @IsString() readonly funnelId!: string;
  @IsInstant() readonly signalledAt!: string;
}

export const LeadNurtureDue = defineEvent({
  type: 'lead.nurture-due.v1',
  topic: 'leads',
  producers: ['scoring'],
  summary: 'Marketing is to take care of a lead, by a rule of the funnel that both teams signed.',
  data: LeadNurtureDueV1,
  key: (data) => data.leadId,
  subject: (data) => data.leadId,
  example: {
    leadId: '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001',
    reason: 'consent-missing',
    words: 'Meets the criteria, but has not agreed to receive marketing',
    stage: 'lead',
    since: '2026-01-05T09:00:00.000Z',
    dueAt: '2026-01-06T09:00:00.000Z',
    score: { points: 64, fit: 30, engagement: 34, grade: 'B' },
    channel: 'paid-search',
    funnelId: 'funnel-1',
    signalledAt: '2026-01-06T09:00:00.200Z',
  },
});
