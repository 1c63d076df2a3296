import { Optional, IsInstant, Score } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { AXES, type Axis } from '../model/scoring-model.js';

export class LeadSearchRequest {
  /** The whole address. */
  @Optional() @IsString() @MaxLength(320) readonly email?: string;
  /** Part of a name, company or role, or the beginning of an address. */
  @Optional() @IsString() @MinLength(2) @MaxLength(100) readonly text?: string;
  @Optional() @IsString() @MaxLength(64) readonly stage?: string;
  @Optional() @IsUUID() readonly ownerId?: string;
  @Optional() @IsArray() @ArrayMaxSize(200) @IsUUID('all', { each: true }) readonly ids?: string[];
  @Optional() @IsInt() @Min(1) @Max(200) readonly limit?: number;
  @Optional() @IsString() @MaxLength(400) readonly cursor?: string;
}

export class LeadPath {
  @IsUUID() readonly id!: string;
}

export class ActivitiesQuery {
  @Optional() @Type(() => Number) @IsInt() @Min(1) @Max(200) readonly limit?: number;
  @Optional() @IsString() @MaxLength(400) readonly cursor?: string;
}

export class OwnerResponse {
  @IsUUID() readonly id!: string;
  @IsString() readonly name!: string;
}

export class LeadSummary {
  @IsUUID() readonly id!: string;
  /** What is known of them, with the address they gave last as `email`. */
  @IsObject() readonly traits!: Record<string, unknown>;
  @IsString() readonly stage!: string;
  /** Decayed up to the moment of the answer. */
  @ValidateNested() @Type(() => Score) readonly score!: Score;
  @Nullable() @ValidateNested() @Type(() => OwnerResponse) readonly owner!: OwnerResponse | null;
  /** Of the first thing they did. */
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
  /** Every stage they came to, in order. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => StageResponse)
  readonly stages!: readonly StageResponse[];
}

export class ActivityResponse {
  @IsUUID() readonly id!: string;
  @IsString() readonly kind!: string;
  @IsString() readonly name!: string;
  @IsInstant() readonly occurredAt!: string;
  @IsInstant() readonly receivedAt!: string;
  @IsString() readonly channel!: string;
  @Nullable() @IsObject() readonly campaign!: object | null;
  @IsObject() readonly properties!: object;
  @Nullable() @IsString() readonly pageUrl!: string | null;
  /** Kept, but scores nothing. */
  @IsBoolean() readonly bot!: boolean;
}

export class GroupPoints {
  @IsString() readonly key!: string;
  @IsString() readonly label!: string;
  @IsIn(AXES) readonly axis!: Axis;
  /** Held to the cap. */
  @IsNumber() readonly points!: number;
  @IsNumber() readonly cap!: number;
}

export class RulePointsResponse {
  @IsString() readonly rule!: string;
  @IsString() readonly label!: string;
  @IsString() readonly group!: string;
  /** Held to the rule's cap. */
  @IsNumber() readonly points!: number;
  @Nullable() @IsNumber() readonly cap!: number | null;
}

export class ContributionResponse {
  @IsString() readonly rule!: string;
  @IsString() readonly label!: string;
  @IsString() readonly group!: string;
  /** What is left of it now, before caps. */
  @IsNumber() readonly points!: number;
  /** What it gave when it happened. */
  @IsNumber() readonly original!: number;
  /** Null for fit, which comes from who they are. */
  @Nullable() @IsUUID() readonly activityId!: string | null;
  @Nullable() @IsInstant() readonly occurredAt!: string | null;
}

export class ScoreResponse extends Score {
  /** The scoring model that made it. */
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
