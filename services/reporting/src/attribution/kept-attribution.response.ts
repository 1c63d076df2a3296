import { MODELS, SHAPES, type Model, type Shape } from '@baton/attribution';
import { EachNested, IsInstant, IsUuid, Optional } from '@baton/contracts';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsNumber, IsObject, IsString, ValidateNested } from 'class-validator';
import { MILESTONES, type Milestone } from '../person/milestone.js';
import { TOUCH_GROUPINGS, type TouchGrouping } from '../report/grouping.js';
import { AttributionReportResponse } from './attribution-report.response.js';

/** As the report is asked for them. */
export class KeptOptions {
  @Optional() @IsNumber() readonly halfLife?: number;
  @Optional() @IsInt() readonly order?: number;
  @Optional() @IsIn(SHAPES) readonly shape?: Shape;
}

/** What was asked, with the defaults of that time: it can be asked again. */
export class KeptQuestion {
  @IsIn(MILESTONES) readonly milestone!: Milestone;
  @IsIn(TOUCH_GROUPINGS) readonly by!: TouchGrouping;
  @IsString() readonly from!: string;
  @IsString() readonly to!: string;
  @IsString() readonly timeZone!: string;
  @IsInt() readonly lookback!: number;
  @IsArray() @IsIn(MODELS, { each: true }) readonly models!: readonly Model[];
  @IsObject() @ValidateNested() @Type(() => KeptOptions) readonly options!: KeptOptions;
}

export class KeptAttributionSummary {
  @IsUuid() readonly id!: string;
  @IsString() readonly name!: string;
  /** Name of the user at that time. */
  @IsString() readonly keptBy!: string;
  @IsInstant() readonly keptAt!: string;
  @IsObject() @ValidateNested() @Type(() => KeptQuestion) readonly question!: KeptQuestion;
  /** Of the code of the models that counted it. */
  @IsInt() readonly version!: number;
}

export class KeptAttributionResponse extends KeptAttributionSummary {
  /** As it was answered; only names with an identifier of an erased person are replaced, by `(erased)`. */
  @IsObject()
  @ValidateNested()
  @Type(() => AttributionReportResponse)
  readonly answer!: AttributionReportResponse;
}

export class KeptAttributionsResponse {
  /** Newest first, at most 200. */
  @EachNested(() => KeptAttributionSummary) readonly items!: readonly KeptAttributionSummary[];
}
