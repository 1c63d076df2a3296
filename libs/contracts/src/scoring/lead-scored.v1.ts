import { IsNumber, IsString, MaxLength } from 'class-validator';
import { defineEvent } from '../event-contract.js';
import { EachNested, IsInstant, Nested, Optional } from '../fields.js';
import { IsUuid } from '../uuid.js';

/** Points on both axes; `points` is their capped total, `grade` its letter in the scoring model. */
export class Score {
  @IsNumber() readonly points!: number;
  @IsNumber() readonly fit!: number;
  @IsNumber() readonly engagement!: number;
  @IsString() @MaxLength(8) readonly grade!: string;
}

/** One line of the explanation shown to sellers: "+15 asked for pricing". */
export class ScoreReason {
  @IsString() @MaxLength(64) readonly rule!: string;
  @IsString() @MaxLength(256) readonly label!: string;
  @IsNumber() readonly points!: number;
  /** Last occurrence. Absent for fit, which is not dated. */
  @Optional() @IsInstant() readonly at?: string;
}

export class LeadScoredV1 {
  @IsUuid() readonly leadId!: string;
  @Nested(() => Score) readonly score!: Score;
  /** The strongest reasons, largest first, at most five. */
  @EachNested(() => ScoreReason) readonly reasons!: readonly ScoreReason[];
  /** Definition id of the scoring model, such as `scoring-model-2`. */
  @IsString() readonly modelId!: string;
  @IsInstant() readonly scoredAt!: string;
}

export const LeadScored = defineEvent({
  type: 'lead.scored.v1',
  topic: 'leads',
  producers: ['scoring'],
  summary: 'The score of a lead changed, with the strongest reasons.',
  data: LeadScoredV1,
  key: (data) => data.leadId,
  subject: (data) => data.leadId,
  example: {
    leadId: '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001',
    score: { points: 64, fit: 30, engagement: 34, grade: 'B' },
    reasons: [
      { rule: 'asked-for-pricing', label: 'asked for pricing', points: 25, at: '2026-01-05T09:00:00.000Z' },
    ],
    modelId: 'scoring-model-1',
    scoredAt: '2026-01-05T09:00:00.300Z',
  },
});
