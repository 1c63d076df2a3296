import { IsInstant, IsUuid, Score } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsNumber, IsObject, IsString, ValidateNested } from 'class-validator';
import type { StoredActivity } from '../activity/activity-row.js';
import { AXES, type Axis } from '../model/scoring-model.js';

export class OwnerResponse {
  @IsUuid() readonly id!: string;
  @IsString() readonly name!: string;
}

export class LeadSummary {
  @IsUuid() readonly id!: string;
  /** The known traits; `email` is the address given last, `emailDomain`, `emailKind` and `emailRole` are derived from it. */
  @IsObject() readonly traits!: Record<string, unknown>;
  @IsString() readonly stage!: string;
  /** Decayed up to the moment of the answer. */
  @ValidateNested() @Type(() => Score) readonly score!: Score;
  @Nullable() @ValidateNested() @Type(() => OwnerResponse) readonly owner!: OwnerResponse | null;
  /** Of the first activity. */
  @IsString() readonly channel!: string;
  @Nullable() @IsString() readonly campaign!: string | null;
  @IsInstant() readonly createdAt!: string;
  @IsInstant() readonly lastActivityAt!: string;
}

export class IdentifierResponse {
  @IsIn(['email', 'user', 'anonymous']) readonly kind!: string;
  @IsString() readonly value!: string;
}

export class StageResponse {
  @IsString() readonly stage!: string;
  @IsInstant() readonly at!: string;
}

export class LeadResponse extends LeadSummary {
  @IsString() readonly sourceId!: string;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => IdentifierResponse)
  readonly identifiers!: readonly IdentifierResponse[];
  /** The stages reached, in order. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => StageResponse)
  readonly stages!: readonly StageResponse[];
}

export class ActivityResponse {
  @IsUuid() readonly id!: string;
  @IsString() readonly kind!: string;
  @IsString() readonly name!: string;
  @IsInstant() readonly occurredAt!: string;
  @IsInstant() readonly receivedAt!: string;
  @IsString() readonly channel!: string;
  @Nullable() @IsObject() readonly campaign!: object | null;
  @IsObject() readonly properties!: object;
  @Nullable() @IsString() readonly pageUrl!: string | null;
  /** Stored, but not scored. */
  @IsBoolean() readonly bot!: boolean;
}

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
}

export class ScoreResponse extends Score {
  /** The scoring model of the score. */
  @IsString() readonly modelId!: string;
  @IsInstant() readonly scoredAt!: string;
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
}

export const toActivityResponse = (activity: StoredActivity): ActivityResponse => ({
  id: activity.id,
  kind: activity.kind,
  name: activity.name,
  occurredAt: new Date(activity.at).toISOString(),
  receivedAt: new Date(activity.receivedAt).toISOString(),
  channel: activity.channel,
  campaign: activity.campaign ?? null,
  properties: activity.properties,
  pageUrl: activity.pageUrl ?? null,
  bot: activity.bot,
});
