import { ApiResponseShape, Clock } from '@baton/platform';
import { Controller, Get, Injectable, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsString, ValidateNested } from 'class-validator';
import { GROUPINGS, labelOf, type Grouping } from '../report/grouping.js';
import { askedPeriod, ReportQuery } from '../report/report.request.js';
import { TouchReportStore } from './touch-report.store.js';

export class TouchGroupResponse {
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

@Injectable()
@Controller('reports/touches')
export class TouchesHttp {
  constructor(
    private readonly touches: TouchReportStore,
    private readonly clock: Clock,
  ) {}

  /** How often people touched us in a period, by what brought them. */
  @Get()
  @ApiResponseShape(TouchesResponse)
  async report(@Query() query: ReportQuery): Promise<TouchesResponse> {
    const now = this.clock.now();
    const period = askedPeriod(query, now);
    const by = query.by ?? 'channel';
    const groups = await this.touches.groups(period, by);
    return {
      by,
      ...period,
      asOf: now.toISOString(),
      cohort: 'activities that happened in the period',
      groups: groups.map((group) => ({ ...group, key: labelOf(group.key) })),
    };
  }
}
