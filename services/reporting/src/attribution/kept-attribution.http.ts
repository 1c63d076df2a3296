import {
  ApiResponseShape,
  changedFields,
  Clock,
  CurrentUser,
  DomainError,
  RecordsChanges,
  Roles,
  User,
  type RecordChanges,
} from '@baton/platform';
import { Body, Controller, Delete, Get, HttpCode, Injectable, Param, Post, Query } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { invalid } from '../report/report.request.js';
import { ReportingConfig } from '../reporting.config.js';
import { attributionAsked } from './attribution-asked.request.js';
import type { AttributionReportResponse } from './attribution-report.response.js';
import { AttributionReportStore, type AttributionAsked } from './attribution-report.store.js';
import {
  KeepAttributionRequest,
  KeptAttributionPath,
  KeptAttributionQuery,
} from './kept-attribution.request.js';
import {
  KeptAttributionResponse,
  KeptAttributionsResponse,
  type KeptQuestion,
} from './kept-attribution.response.js';
import { KeptAttributionStore } from './kept-attribution.store.js';

/** 100 keys by 8 models are less; this bounds the table at 50 MB. */
const MAX_ANSWER_BYTES = 256 * 1024;

/** Figures of attribution as they were when somebody kept them: late touches, merges and other versions of the models leave them. */
@Injectable()
@Controller('reports/attribution/kept')
export class KeptAttributionHttp {
  constructor(
    private readonly kept: KeptAttributionStore,
    private readonly reports: AttributionReportStore,
    private readonly config: ReportingConfig,
    private readonly clock: Clock,
  ) {}

  /** What is kept, without the figures. */
  @Get()
  @ApiResponseShape(KeptAttributionsResponse)
  async list(): Promise<KeptAttributionsResponse> {
    return { items: await this.kept.all() };
  }

  /** The figures as they were kept, whatever happened since. */
  @Get(':id')
  @ApiResponseShape(KeptAttributionResponse)
  one(
    @Param() { id }: KeptAttributionPath,
    @Query() _query: KeptAttributionQuery,
  ): Promise<KeptAttributionResponse> {
    return this.kept.find(id);
  }

  /** Counts a report of whole days now, and keeps it under a name. */
  @Post()
  @Roles('marketing', 'manager', 'operations', 'admin')
  @ApiResponseShape(KeptAttributionResponse, 201)
  async keep(
    @Body() request: KeepAttributionRequest,
    @CurrentUser() user: User,
    @RecordsChanges() record: RecordChanges,
  ): Promise<KeptAttributionResponse> {
    if (request.hours !== undefined) throw invalid('/hours', 'cannot be kept: give `from` and `to`');
    if (request.format !== undefined) throw invalid('/format', 'is asked for when the kept figures are read');
    const now = this.clock.now();
    const asked = attributionAsked(request, this.config, now);
    const kept = await this.kept.keep(async () => {
      const answer = await this.reports.attribution(asked, now);
      refuseTooLarge(answer);
      return {
        ...{ id: randomUUID(), name: request.name.trim(), keptBy: user.name, keptAt: now.toISOString() },
        ...{ question: questionOf(asked, request), version: answer.version, answer },
      };
    });
    record(changedFields(undefined, kept, ['id', 'version']));
    return kept;
  }

  @Delete(':id')
  @HttpCode(204)
  @Roles('marketing', 'manager', 'operations', 'admin')
  async delete(@Param() { id }: KeptAttributionPath, @RecordsChanges() record: RecordChanges): Promise<void> {
    await this.kept.delete(id);
    record({ id: { from: id, to: null } });
  }
}

const questionOf = (
  { period: { from, to, timeZone }, milestone, by, lookback, models }: AttributionAsked,
  { halfLife, order, shape }: KeepAttributionRequest,
): KeptQuestion => ({
  ...{ milestone, by, from, to, timeZone, lookback, models },
  options: { ...(halfLife && { halfLife }), ...(order && { order }), ...(shape && { shape }) },
});

const refuseTooLarge = (answer: AttributionReportResponse): void => {
  if (Buffer.byteLength(JSON.stringify(answer)) > MAX_ANSWER_BYTES)
    throw new DomainError('unprocessable', 'The answer is larger than 256 KB; ask for fewer models.');
};
