import { EachNested, Optional } from '@baton/contracts';
import { ApiResponseShape, Clock, CurrentUser, leadsSeenBy, User } from '@baton/platform';
import { Controller, Get, Injectable, Query } from '@nestjs/common';
import { IsIn, IsInt, IsString, MaxLength } from 'class-validator';
import { COHORT_GROUPINGS, type CohortGrouping } from '../report/grouping.js';
import { PeriodRequest, periodOfRequest } from '../report/report.request.js';
import { ReportingConfig } from '../reporting.config.js';
import { DrillDownStore, type LeadBehind } from './drill-down.store.js';

export class DrillDownRequest extends PeriodRequest {
  @Optional() @IsIn(COHORT_GROUPINGS) readonly by?: CohortGrouping;
  /** A group of the funnel report; all of them without it. */
  @Optional() @IsString() @MaxLength(256) readonly key?: string;
  /** A stage that the leads reached. */
  @Optional() @IsString() @MaxLength(64) readonly stage?: string;
}

export class LeadBehindFigure implements LeadBehind {
  @IsString() readonly leadId!: string;
  @IsString() readonly createdAt!: string;
  @IsString() readonly channel!: string;
  @IsString() readonly campaign!: string;
  @IsString() readonly seller!: string;
}

export class DrillDownResponse {
  /** All leads behind the figure, those included that the caller may not see one by one. */
  @IsInt() readonly total!: number;
  /** The newest, at most 100, of those the caller may see. */
  @EachNested(() => LeadBehindFigure) readonly items!: readonly LeadBehindFigure[];
}

@Injectable()
@Controller('reports/leads')
export class DrillDownHttp {
  constructor(
    private readonly leads: DrillDownStore,
    private readonly config: ReportingConfig,
    private readonly clock: Clock,
  ) {}

  /** The leads behind a figure of the funnel report; those that the caller may see. */
  @Get()
  @ApiResponseShape(DrillDownResponse)
  behind(@Query() query: DrillDownRequest, @CurrentUser() user: User): Promise<DrillDownResponse> {
    const { by = 'channel', key, stage } = query;
    const period = periodOfRequest(query, this.clock.now(), this.config.timeZone);
    return this.leads.leads({ period, by, key, stage, viewer: leadsSeenBy(user) });
  }
}
