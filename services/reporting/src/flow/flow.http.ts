import { EachNested } from '@baton/contracts';
import { ApiResponseShape, Clock, Nullable } from '@baton/platform';
import { Controller, Get, Injectable, Query } from '@nestjs/common';
import { IsIn, IsInt, IsString } from 'class-validator';
import { FreshnessStore } from '../report/freshness.store.js';
import { COHORT_GROUPINGS, type CohortGrouping } from '../report/grouping.js';
import { CohortRequest, periodOfRequest } from '../report/report.request.js';
import { SnapshotCache } from '../report/snapshot.cache.js';
import { ReportingConfig } from '../reporting.config.js';
import { FlowReportStore, totalOf, type FlowGroup, type StageFlow } from './flow-report.store.js';

export class FlowOfStage implements StageFlow {
  @IsString() readonly stage!: string;
  /** People in the stage when the period began; before + came − left = after. */
  @IsInt() readonly before!: number;
  @IsInt() readonly came!: number;
  @IsInt() readonly left!: number;
  @IsInt() readonly after!: number;
}

export class FlowOfGroup implements FlowGroup {
  @IsString() readonly key!: string;
  @EachNested(() => FlowOfStage) readonly stages!: readonly FlowOfStage[];
}

export class FlowResponse {
  @IsIn(COHORT_GROUPINGS) readonly by!: CohortGrouping;
  @IsString() readonly from!: string;
  @IsString() readonly to!: string;
  @IsString() readonly timeZone!: string;
  @IsString() readonly asOf!: string;
  @Nullable() @IsString() readonly newestEventAt!: string | null;
  /** Most people first, at most 100 and the rest as `(other)`. */
  @EachNested(() => FlowOfGroup) readonly groups!: readonly FlowOfGroup[];
  @EachNested(() => FlowOfStage) readonly total!: readonly FlowOfStage[];
}

/** What changed in the period, whenever people were created: not the cohort of the funnel report. */
@Injectable()
@Controller('reports/flow')
export class FlowHttp {
  constructor(
    private readonly flows: FlowReportStore,
    private readonly freshness: FreshnessStore,
    private readonly snapshots: SnapshotCache,
    private readonly config: ReportingConfig,
    private readonly clock: Clock,
  ) {}

  /** Balance of each stage at both ends of the period, and who came and left between. */
  @Get()
  @ApiResponseShape(FlowResponse)
  report(@Query() query: CohortRequest): Promise<FlowResponse> {
    const now = this.clock.now();
    const by = query.by ?? 'channel';
    const period = periodOfRequest(query, now, this.config.timeZone);
    const { from, to, timeZone, start, end } = period;
    return this.snapshots.of(['flow', by, query.hours ?? [start, end], timeZone], async () => {
      const [groups, newestEventAt] = await Promise.all([
        this.flows.groups(period, by),
        this.freshness.newestEventAt(),
      ]);
      return {
        by,
        from,
        to,
        timeZone,
        asOf: now.toISOString(),
        newestEventAt,
        groups,
        total: totalOf(groups),
      };
    });
  }
}
