import { ArrayMaxSize, IsArray, IsBoolean, IsNumber, IsString, MaxLength } from 'class-validator';
import { defineEvent } from '../event-contract.js';
import { IsInstant, Nested, Optional } from '../fields.js';
import { IsOpenIn, type Open } from '../open-enum.js';
import { Score } from './lead-scored.v1.js';
import { IsUuid } from '../uuid.js';

export const STAGE_CAUSES = [
  'activity',
  'decay',
  'definition',
  'verdict',
  'wake',
  'deal',
  'merge',
  'reopened',
  'account',
] as const;
export type StageCause = (typeof STAGE_CAUSES)[number];

/**
 * Why a lead moved. `criteria-met`, `criteria-lost`: score, identity or consent; `rest-ended`, `asked-again`, `reopened`: it came back
 * after sales gave it back; the others are decisions of sales.
 */
export const STAGE_REASONS = [
  ...['criteria-met', 'criteria-lost', 'rest-ended', 'asked-again', 'reopened'],
  ...['accepted', 'qualified', 'deal-opened', 'deal-won', 'rejected', 'lost', 'churned'],
] as const;
export type StageReasonKind = (typeof STAGE_REASONS)[number];

export const MAX_CRITERIA = 20;

/** Why a lead moved, with what of the signed funnel decided it. */
export class StageReason {
  @IsOpenIn(STAGE_REASONS) readonly kind!: Open<StageReasonKind>;
  /** JSON Pointers, into the funnel, of the criteria that are met, or of those that are no longer. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_CRITERIA)
  @IsString({ each: true })
  @MaxLength(256, { each: true })
  readonly criteria?: readonly string[];
  /** Key of the recycle rule. */
  @Optional() @IsString() @MaxLength(64) readonly rule?: string;
  /** Code of the rejection, or reason of the deal that ended. */
  @Optional() @IsString() @MaxLength(64) readonly reason?: string;
  @IsString() @MaxLength(500) readonly words!: string;
}

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
  /** Absent in events older than the field. */
  @Optional() @Nested(() => StageReason) readonly reason?: StageReason;
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
    reason: {
      kind: 'criteria-met',
      criteria: ['/stages/2/when/all/0', '/stages/2/when/all/1'],
      words: 'Marketing qualified: identified is true and points is at least 50',
    },
    score: { points: 64, fit: 30, engagement: 34, grade: 'B' },
    profile: { company: 'Engines Ltd', jobTitle: 'Head of Operations', employees: 250 },
    channel: 'paid-search',
    campaign: 'spring-launch',
    funnelId: 'funnel-1',
    modelId: 'scoring-model-1',
    changedAt: '2026-01-05T09:00:00.300Z',
  },
});
