import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsString, ValidateNested } from 'class-validator';
import { GROUPINGS, type Grouping } from '../report/grouping.js';

export class TouchGroupResponse {
  /** The channel, campaign or source; `(none)` without a campaign, `(other)` for all after the 100 largest groups. */
  @IsString() readonly key!: string;
  /** By people. */
  @IsInt() readonly touches!: number;
  @IsInt() readonly bots!: number;
}

export class TouchesResponse {
  @IsIn(GROUPINGS) readonly by!: Grouping;
  @IsString() readonly from!: string;
  @IsString() readonly to!: string;
  @IsString() readonly asOf!: string;
  /** What is counted, in words: not the cohort of the funnel report. */
  @IsString() readonly cohort!: string;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TouchGroupResponse)
  readonly groups!: readonly TouchGroupResponse[];
}
