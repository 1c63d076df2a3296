import { MODELS, SHAPES, type Model, type Shape } from '@baton/attribution';
import { Optional } from '@baton/contracts';
import { AsNumber } from '@baton/platform';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  Max,
  Min,
} from 'class-validator';
import { MILESTONES, type Milestone } from '../person/milestone.js';
import { TOUCH_GROUPINGS, type TouchGrouping } from '../report/grouping.js';
import { PeriodRequest } from '../report/report.request.js';

export class PathsRequest extends PeriodRequest {
  /** What the paths lead to; `won` unless given. */
  @Optional() @IsIn(MILESTONES) readonly milestone?: Milestone;
  @Optional() @IsIn(TOUCH_GROUPINGS) readonly by?: TouchGrouping;
  /** Days before the milestone within which touches count; at most, and unless given, those of the service's settings. */
  @Optional() @AsNumber() @IsInt() @Min(1) readonly lookback?: number;
}

export class FrequentPathsRequest extends PathsRequest {
  @Optional() @AsNumber() @IsInt() @Min(1) @Max(200) readonly limit?: number;
}

export class AttributionReportRequest extends PathsRequest {
  /** One or several models, separated by commas; `linear` unless given. */
  @Optional()
  @Transform(({ value }: { value: unknown }) =>
    [value].flat().flatMap((part) => (typeof part === 'string' ? part.split(',') : [part])),
  )
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MODELS.length)
  @ArrayUnique()
  @IsIn(MODELS, { each: true })
  readonly model?: readonly Model[];
  /** Of `time-decay`, days; 7 unless given. */
  @Optional() @AsNumber() @IsNumber() @Min(0.001) @Max(10_000) readonly halfLife?: number;
  /** Of `markov`: touches that make a state; 1 unless given. */
  @Optional() @AsNumber() @IsInt() @Min(1) @Max(3) readonly order?: number;
  /** Of `position`; `u` unless given. */
  @Optional() @IsIn(SHAPES) readonly shape?: Shape;
}
