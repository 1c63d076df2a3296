import { MODELS, type Model } from '@baton/attribution';
import { EachNested } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { IsArray, IsIn, IsInt, IsNumber, IsString } from 'class-validator';
import { MILESTONES, type Milestone } from '../person/milestone.js';
import { TOUCH_GROUPINGS, type TouchGrouping } from '../report/grouping.js';

/** Which paths, with the defaults filled in. */
export class PathsQuestion {
  @IsIn(MILESTONES) readonly milestone!: Milestone;
  @IsIn(TOUCH_GROUPINGS) readonly by!: TouchGrouping;
  /** First and last day of the milestones in `timeZone`, both included. */
  @IsString() readonly from!: string;
  @IsString() readonly to!: string;
  @IsString() readonly timeZone!: string;
  /** Days before the milestone within which touches count. */
  @IsInt() readonly lookback!: number;
}

export class PathsPopulation extends PathsQuestion {
  @IsString() readonly asOf!: string;
  @Nullable() @IsString() readonly newestEventAt!: string | null;
  /** People who reached the milestone in the period: the denominator. */
  @IsInt() readonly conversions!: number;
  /** Sum of their won deals in `currency`. */
  @IsNumber() readonly value!: number;
  @IsString() readonly currency!: string;
}

export class ModelCredit {
  @IsIn(MODELS) readonly model!: Model;
  /** Multiple of 0.000001; over all keys the sum is `conversions` of the report exactly. */
  @IsNumber() readonly conversions!: number;
  /** Multiple of 0.001; over all keys the sum is `value` of the report exactly. */
  @IsNumber() readonly value!: number;
}

export class AttributedKey {
  /** `(none)`: no campaign, or no touch within the look-back; `(other)`: all keys after the 100 with the most touches. */
  @IsString() readonly key!: string;
  /** In the order of `models`. */
  @EachNested(() => ModelCredit) readonly credits!: readonly ModelCredit[];
}

export class AttributionReportResponse extends PathsPopulation {
  /** Of these conversions, those with a touch within the look-back. */
  @IsInt() readonly withTouches!: number;
  @IsArray() @IsIn(MODELS, { each: true }) readonly models!: readonly Model[];
  /** Of the code of the models. */
  @IsInt() readonly version!: number;
  /** Most credit of the first model first. */
  @EachNested(() => AttributedKey) readonly keys!: readonly AttributedKey[];
}

export class FrequentPath {
  /** Keys in order of time; none: no touch within the look-back. */
  @IsArray() @IsString({ each: true }) readonly path!: readonly string[];
  @IsInt() readonly conversions!: number;
  @IsNumber() readonly value!: number;
}

export class FrequentPathsResponse extends PathsPopulation {
  /** Distinct paths of all conversions. */
  @IsInt() readonly distinct!: number;
  /** The most frequent. */
  @EachNested(() => FrequentPath) readonly paths!: readonly FrequentPath[];
}
