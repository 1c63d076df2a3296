import { ApiResponseShape, Clock } from '@baton/platform';
import { Controller, Get, Injectable, Query } from '@nestjs/common';
import { periodOfRequest, ReportRequest } from '../report/report.request.js';
import { FunnelReportStore } from './funnel-report.store.js';
import { FunnelResponse } from './funnel.response.js';

/** Both teams read the same numbers: no role sees another funnel. */
@Injectable()
@Controller('reports/funnel')
export class FunnelHttp {
  constructor(
    private readonly reports: FunnelReportStore,
    private readonly clock: Clock,
  ) {}

  /** Of the leads created in a period, how many reached each stage until now. */
  @Get()
  @ApiResponseShape(FunnelResponse)
  async report(@Query() query: ReportRequest): Promise<FunnelResponse> {
    const now = this.clock.now();
    return this.reports.report(periodOfRequest(query, now), query.by ?? 'channel', now);
  }
}
