import { IsInstant, IsUuid, Optional, Score, StageReason } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsObject, IsString, ValidateNested } from 'class-validator';
import type { StoredActivity } from '../activity/activity-row.js';
import { IDENTIFIER_KINDS } from '../identity/identifier.js';
import { ProbabilityResponse } from '../learning/learning.response.js';

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
  /** Of the ids asked for, those of leads that are part of this one now. */
  @Optional() @IsArray() @IsUuid({ each: true }) readonly formerIds?: readonly string[];
}

export class LeadCountResponse {
  @IsInt() readonly count!: number;
  /** There are more than `count`. */
  @IsBoolean() readonly more!: boolean;
}

export class IdentifierResponse {
  @IsIn(IDENTIFIER_KINDS) readonly kind!: string;
  @IsString() readonly value!: string;
}

export class StageResponse {
  @IsString() readonly stage!: string;
  @IsInstant() readonly at!: string;
}

/** A change of stage, and why. */
export class TransitionResponse extends StageResponse {
  @IsString() readonly from!: string;
  /** What led to the decision, such as `activity` or `decay`. */
  @IsString() readonly cause!: string;
  /** Null for changes older than the reasons. */
  @Nullable() @ValidateNested() @Type(() => StageReason) readonly reason!: StageReason | null;
}

/** Marketing was told to take care of the lead. */
export class NurtureSignalResponse {
  /** Key of the rule of the funnel. */
  @IsString() readonly reason!: string;
  @IsString() readonly words!: string;
  /** Since when the rule had held. */
  @IsInstant() readonly since!: string;
  @IsInstant() readonly at!: string;
}

export class LeadResponse extends LeadSummary {
  /** Learned from the outcomes of hand-offs; null before the first model. */
  @Nullable()
  @ValidateNested()
  @Type(() => ProbabilityResponse)
  readonly probability!: ProbabilityResponse | null;
  @IsString() readonly sourceId!: string;
  /** The domain of its account, by its business address; null without one. */
  @Nullable() @IsString() readonly accountDomain!: string | null;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => IdentifierResponse)
  readonly identifiers!: readonly IdentifierResponse[];
  /** The changes of its stage, in order. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TransitionResponse)
  readonly stages!: readonly TransitionResponse[];
  /** What marketing was told about it, in order. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => NurtureSignalResponse)
  readonly nurture!: readonly NurtureSignalResponse[];
  /** How often sales gave it back for now, since its last won deal. */
  @IsInt() readonly recycledTimes!: number;
  /** When the rest of a recycled lead is over; null when it does not rest, or until it asks again. */
  @Nullable() @IsInstant() readonly wakeAt!: string | null;
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
