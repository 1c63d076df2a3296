import { ApiResponseShape, Clock } from '@baton/platform';
import { Controller, Get, Injectable, Query } from '@nestjs/common';
import { SnapshotCache } from '../report/snapshot.cache.js';
import { ReportingConfig } from '../reporting.config.js';
import { attributionAsked, pathsAsked } from './attribution-asked.request.js';
import {
  AttributionReportRequest,
  FrequentPathsRequest,
  type PathsRequest,
} from './attribution-report.request.js';
import { AttributionReportResponse, FrequentPathsResponse } from './attribution-report.response.js';
import { AttributionReportStore } from './attribution-report.store.js';
import type { PathsAsked } from './path-report.store.js';

const DEFAULT_PATHS = 20;

/** Which touches brought people to a milestone, or to a rejection or a breach. */
@Injectable()
@Controller('reports')
export class AttributionReportHttp {
  constructor(
    private readonly reports: AttributionReportStore,
    private readonly snapshots: SnapshotCache,
    private readonly config: ReportingConfig,
    private readonly clock: Clock,
  ) {}

  /** Credit for the milestones of a period by one or several models (docs/attribution.md). */
  @Get('attribution')
  @ApiResponseShape(AttributionReportResponse)
  attribution(@Query() query: AttributionReportRequest): Promise<AttributionReportResponse> {
    const now = this.clock.now();
    const asked = attributionAsked(query, this.config, now);
    return this.snapshots.of(['attribution', keyOf(query, asked), asked.models, asked.options], () =>
      this.reports.attribution(asked, now),
    );
  }

  /** The most frequent paths to the milestones of a period. */
  @Get('paths')
  @ApiResponseShape(FrequentPathsResponse)
  paths(@Query() query: FrequentPathsRequest): Promise<FrequentPathsResponse> {
    const now = this.clock.now();
    const { limit = DEFAULT_PATHS } = query;
    const asked = pathsAsked(query, this.config, now);
    return this.snapshots.of(['paths', keyOf(query, asked), limit], () =>
      this.reports.frequent(asked, limit, now),
    );
  }
}

const keyOf = ({ hours }: PathsRequest, { period, ...asked }: PathsAsked): unknown[] => [
  asked.milestone,
  asked.by,
  asked.lookback,
  hours ?? [period.start, period.end],
  period.timeZone,
];
