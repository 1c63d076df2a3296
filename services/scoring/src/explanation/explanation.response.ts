import { IsInstant, IsUuid, Score } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsNumber, IsString, ValidateNested } from 'class-validator';
import { AccountSummary } from '../account/account.response.js';
import { OwnerResponse, StageResponse } from '../lead/leads.response.js';
import type { Band } from '../model/matrix.js';
import { AXES, FIT_GRADES, type Axis, type FitGrade } from '../model/scoring-model.js';
import type { Explanation } from '../score/explain.js';

export class GroupPoints {
  @IsString() readonly key!: string;
  @IsString() readonly label!: string;
  @IsIn(AXES) readonly axis!: Axis;
  /** Limited by the cap. */
  @IsNumber() readonly points!: number;
  @IsNumber() readonly cap!: number;
}

export class RulePointsResponse {
  @IsString() readonly rule!: string;
  @IsString() readonly label!: string;
  @IsString() readonly group!: string;
  /** Limited by the cap of the rule. */
  @IsNumber() readonly points!: number;
  @Nullable() @IsNumber() readonly cap!: number | null;
}

export class ContributionResponse {
  @IsString() readonly rule!: string;
  @IsString() readonly label!: string;
  @IsString() readonly group!: string;
  /** After decay, before caps. */
  @IsNumber() readonly points!: number;
  /** Before decay. */
  @IsNumber() readonly original!: number;
  /** Null for fit, which depends on traits. */
  @Nullable() @IsUuid() readonly activityId!: string | null;
  @Nullable() @IsInstant() readonly occurredAt!: string | null;
  /** Activities that count: more than one for a frequency rule, 0 for fit. */
  @IsInt() readonly times!: number;
  /** When less than half a point is left, or the period of the rule ends; null: not by time alone. */
  @Nullable() @IsInstant() readonly dropsOutAt!: string | null;
}

export class RestResponse {
  @IsInt() readonly count!: number;
  /** After decay, before caps. */
  @IsNumber() readonly points!: number;
}

export class ScoreResponse extends Score {
  @IsIn(FIT_GRADES) readonly fitGrade!: FitGrade;
  /** Of engagement; 1 is best. */
  @IsIn([1, 2, 3, 4]) readonly band!: Band;
  /** Fit grade and band, such as `A1`. */
  @IsString() readonly cell!: string;
  /** The scoring model of the score. */
  @IsString() readonly modelId!: string;
  /** The instant of the score, stage and owner. */
  @IsInstant() readonly scoredAt!: string;
  /** As decided by then; null before the lead existed. */
  @Nullable() @IsString() readonly stage!: string | null;
  @Nullable() @ValidateNested() @Type(() => OwnerResponse) readonly owner!: OwnerResponse | null;
  /** What rules about the account read; null without one, and at instants before its facts were these: they have no history. */
  @Nullable() @ValidateNested() @Type(() => AccountSummary) readonly account!: AccountSummary | null;
  /** False when the lead has more than 50,000 activities: older ones are not counted. */
  @IsBoolean() readonly complete!: boolean;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => GroupPoints)
  readonly groups!: readonly GroupPoints[];
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => RulePointsResponse)
  readonly rules!: readonly RulePointsResponse[];
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ContributionResponse)
  readonly contributions!: readonly ContributionResponse[];
  /** Contributions that are not listed: the oldest beyond 200. */
  @ValidateNested() @Type(() => RestResponse) readonly rest!: RestResponse;
}

/** A score at an instant. */
export class ScorePoint extends Score {
  @IsInstant() readonly at!: string;
  /** The scoring model that was active then. */
  @IsString() readonly modelId!: string;
}

export class ScoreHistoryResponse {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ScorePoint)
  readonly points!: readonly ScorePoint[];
  /** The stages reached within the time, in order. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => StageResponse)
  readonly stages!: readonly StageResponse[];
  /** False when the lead has more than 50,000 activities: older ones are not counted. */
  @IsBoolean() readonly complete!: boolean;
}

/** The shape of an explanation for clients; contributions of which nothing is left are left out. */
export const toExplained = ({ contributions, ...explanation }: Explanation) => ({
  ...explanation,
  contributions: contributions
    .filter(({ points }) => points !== 0)
    .map((each) => ({
      ...each,
      occurredAt: instantOrNull(each.occurredAt),
      dropsOutAt: instantOrNull(each.dropsOutAt),
    })),
});

const instantOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
