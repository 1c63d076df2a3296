import { ApiResponseShape, Clock } from '@baton/platform';
import { Controller, Get, Injectable, Query } from '@nestjs/common';
import { labelOf } from '../report/grouping.js';
import { periodOfRequest, ReportRequest } from '../report/report.request.js';
import { TouchReportStore } from './touch-report.store.js';
import { TouchesResponse } from './touches.response.js';

@Injectable()
@Controller('reports/touches')
export class TouchesHttp {
  constructor(
    private readonly touches: TouchReportStore,
    private readonly clock: Clock,
  ) {}

  /** Activities that happened in a period, by channel, campaign or source. */
  @Get()
  @ApiResponseShape(TouchesResponse)
  async report(@Query() query: ReportRequest): Promise<TouchesResponse> {
    const now = this.clock.now();
    const period = periodOfRequest(query, now);
    const by = query.by ?? 'channel';
    const groups = await this.touches.groups(period, by);
    return {
      by,
      from: period.from,
      to: period.to,
      asOf: now.toISOString(),
      cohort: 'activities that happened in the period',
      groups: groups.map((group) => ({ ...group, key: labelOf(group.key) })),
    };
  }
}
