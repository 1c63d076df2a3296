import { ApiResponseShape, Clock } from '@baton/platform';
import { Controller, Get, Injectable, Query } from '@nestjs/common';
import { invalid, periodOfRequest } from '../report/report.request.js';
import { SnapshotCache } from '../report/snapshot.cache.js';
import { ReportingConfig } from '../reporting.config.js';
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
    const { model: models = ['linear'], halfLife, order, shape } = query;
    const asked = {
      ...this.asked(query, now),
      models,
      options: {
        ...(halfLife && { 'time-decay': { halfLifeDays: halfLife } }),
        ...(order && { markov: { order } }),
        ...(shape && { position: { shape } }),
      },
    };
    return this.snapshots.of(['attribution', keyOf(query, asked), models, asked.options], () =>
      this.reports.attribution(asked, now),
    );
  }

  /** The most frequent paths to the milestones of a period. */
  @Get('paths')
  @ApiResponseShape(FrequentPathsResponse)
  paths(@Query() query: FrequentPathsRequest): Promise<FrequentPathsResponse> {
    const now = this.clock.now();
    const { limit = DEFAULT_PATHS } = query;
    const asked = this.asked(query, now);
    return this.snapshots.of(['paths', keyOf(query, asked), limit], () =>
      this.reports.frequent(asked, limit, now),
    );
  }

  private asked(query: PathsRequest, now: Date): PathsAsked {
    const { milestone = 'won', by = 'channel', lookback = this.config.lookbackDays } = query;
    if (lookback > this.config.lookbackDays)
      throw invalid('/lookback', `must be at most ${this.config.lookbackDays}, the setting LOOKBACK_DAYS`);
    return { milestone, by, lookback, period: periodOfRequest(query, now, this.config.timeZone) };
  }
}

const keyOf = ({ hours }: PathsRequest, { period, ...asked }: PathsAsked): unknown[] => [
  asked.milestone,
  asked.by,
  asked.lookback,
  hours ?? [period.start, period.end],
  period.timeZone,
];
