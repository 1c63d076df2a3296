import { ApiResponseShape, Clock } from '@baton/platform';
import { Controller, Get, Injectable } from '@nestjs/common';
import { SnapshotCache } from '../report/snapshot.cache.js';
import { SlaReportStore } from './sla-report.store.js';
import { SlaResponse } from './sla.response.js';

@Injectable()
@Controller('reports/sla')
export class SlaHttp {
  constructor(
    private readonly reports: SlaReportStore,
    private readonly snapshots: SnapshotCache,
    private readonly clock: Clock,
  ) {}

  /** The state of the clocks at this moment, in total and by seller. */
  @Get()
  @ApiResponseShape(SlaResponse)
  report(): Promise<SlaResponse> {
    return this.snapshots.of(['sla'], () => this.reports.report(this.clock.now()));
  }
}
