import { ApiResponseShape, Clock } from '@baton/platform';
import { Controller, Get, Injectable, Query } from '@nestjs/common';
import { CohortRequest, periodOfRequest } from '../report/report.request.js';
import { SnapshotCache } from '../report/snapshot.cache.js';
import { ReportingConfig } from '../reporting.config.js';
import { FunnelReportStore } from './funnel-report.store.js';
import { FunnelResponse } from './funnel.response.js';

/** Both teams read the same numbers: no role sees another funnel. */
@Injectable()
@Controller('reports/funnel')
export class FunnelHttp {
  constructor(
    private readonly reports: FunnelReportStore,
    private readonly snapshots: SnapshotCache,
    private readonly config: ReportingConfig,
    private readonly clock: Clock,
  ) {}

  /** Of the leads created in a period, how many reached each stage until now. */
  @Get()
  @ApiResponseShape(FunnelResponse)
  report(@Query() query: CohortRequest): Promise<FunnelResponse> {
    const now = this.clock.now();
    const by = query.by ?? 'channel';
    const period = periodOfRequest(query, now, this.config.timeZone);
    return this.snapshots.of(['funnel', by, query.hours ?? [period.start, period.end], period.timeZone], () =>
      this.reports.report(period, by, now),
    );
  }
}
