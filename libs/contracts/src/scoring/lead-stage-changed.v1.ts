import { IsArray, IsBoolean, IsNumber, IsString, MaxLength } from 'class-validator';
import { defineEvent } from '../event-contract.js';
import { IsInstant, Nested, Optional } from '../fields.js';
import { IsOpenIn, type Open } from '../open-enum.js';
import { Score } from './lead-scored.v1.js';
import { IsUuid } from '../uuid.js';

export const STAGE_CAUSES = ['activity', 'decay', 'definition', 'verdict', 'wake'] as const;
export type StageCause = (typeof STAGE_CAUSES)[number];

/** What routing may decide on: company and role, no personal data. */
export class LeadProfile {
  @Optional() @IsString() @MaxLength(256) readonly company?: string;
  @Optional() @IsString() @MaxLength(256) readonly industry?: string;
  @Optional() @IsString() @MaxLength(256) readonly country?: string;
  @Optional() @IsString() @MaxLength(256) readonly jobTitle?: string;
  @Optional() @IsNumber() readonly employees?: number;
}

export class LeadStageChangedV1 {
  @IsUuid() readonly leadId!: string;
  @IsString() @MaxLength(64) readonly from!: string;
  @IsString() @MaxLength(64) readonly to!: string;
  /** Every stage reached by this change, in funnel order: a lead may pass several at once. Empty when it moved back. */
  @IsArray() @IsString({ each: true }) readonly reached!: readonly string[];
  /** Whether the lead is to be offered to sales now. */
  @IsBoolean() readonly salesReady!: boolean;
  @IsOpenIn(STAGE_CAUSES) readonly cause!: Open<StageCause>;
  @Nested(() => Score) readonly score!: Score;
  @Nested(() => LeadProfile) readonly profile!: LeadProfile;
  @IsString() @MaxLength(64) readonly channel!: string;
  @Optional() @IsString() @MaxLength(256) readonly campaign?: string;
  @IsString() readonly funnelId!: string;
  @IsString() readonly modelId!: string;
  @IsInstant() readonly changedAt!: string;
}

export const LeadStageChanged = defineEvent({
  type: 'lead.stage-changed.v1',
  topic: 'leads',
  producers: ['scoring'],
  summary: 'A lead moved in the funnel that both teams signed.',
  data: LeadStageChangedV1,
  key: (data) => data.leadId,
  subject: (data) => data.leadId,
  example: {
    leadId: '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001',
    from: 'visitor',
    to: 'mql',
    reached: ['lead', 'mql'],
    salesReady: true,
    cause: 'activity',
    score: { points: 64, fit: 30, engagement: 34, grade: 'B' },
    profile: { company: 'Engines Ltd', jobTitle: 'Head of Operations', employees: 250 },
    channel: 'paid-search',
    campaign: 'spring-launch',
    funnelId: 'funnel-1',
    modelId: 'scoring-model-1',
    changedAt: '2026-01-05T09:00:00.300Z',
  },
});
