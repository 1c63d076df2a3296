import { EachNested } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsObject, IsString, ValidateNested } from 'class-validator';
import { COHORT_GROUPINGS, type CohortGrouping } from '../report/grouping.js';
import type { Figures, FunnelReport, Group, Rate, Stage, StageTime } from './funnel-report.js';

export class FunnelStage implements Stage {
  @IsString() readonly key!: string;
  @IsString() readonly label!: string;
}

export class FunnelRate implements Rate {
  @IsString() readonly stage!: string;
  @IsInt() readonly numerator!: number;
  @IsInt() readonly denominator!: number;
}

export class FunnelFigures implements Figures {
  /** All leads created in the period: the denominator of every rate. */
  @IsInt() readonly leads!: number;
  /** Leads that reached each stage, by its key. */
  @IsObject() readonly counts!: Readonly<Record<string, number>>;
  @IsArray() @ValidateNested({ each: true }) @Type(() => FunnelRate) readonly rates!: readonly FunnelRate[];
}

export class FunnelGroup extends FunnelFigures implements Group {
  /** The channel, campaign or source; `(none)` for leads without a campaign, `(other)` for all after the 100 largest groups. */
  @IsString() readonly key!: string;
}

export class FunnelTime implements StageTime {
  @IsString() readonly stage!: string;
  @IsInt() readonly leads!: number;
  /** Seconds from the stage reached before: half of the leads took at most this. */
  @IsInt() readonly medianSeconds!: number;
  /** Nine of ten took at most this. */
  @IsInt() readonly p90Seconds!: number;
}

export class FunnelResponse implements FunnelReport {
  @IsIn(COHORT_GROUPINGS) readonly by!: CohortGrouping;
  /** First and last day in `timeZone`, both included. */
  @IsString() readonly from!: string;
  @IsString() readonly to!: string;
  @IsString() readonly timeZone!: string;
  @IsString() readonly asOf!: string;
  /** When the newest event counted was published; null before the first. */
  @Nullable() @IsString() readonly newestEventAt!: string | null;
  /** The leads that are counted, in words. */
  @IsString() readonly cohort!: string;
  /** The funnel definition that names the stages; null before one is known. */
  @Nullable() @IsString() readonly funnelId!: string | null;
  /** When the funnel was redefined within the period: figures before and after are not comparable. */
  @IsArray() @IsString({ each: true }) readonly redefinedAt!: readonly string[];
  @EachNested(() => FunnelTime) readonly times!: readonly FunnelTime[];
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => FunnelStage)
  readonly stages!: readonly FunnelStage[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => FunnelStage) readonly exits!: readonly FunnelStage[];
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => FunnelGroup)
  readonly groups!: readonly FunnelGroup[];
  @ValidateNested() @Type(() => FunnelFigures) readonly total!: FunnelFigures;
}
