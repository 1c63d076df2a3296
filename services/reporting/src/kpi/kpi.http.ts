import { EachNested } from '@baton/contracts';
import { ApiResponseShape, Clock, Nullable } from '@baton/platform';
import { Controller, Get, Injectable, Query } from '@nestjs/common';
import { IsInt, IsNumber, IsString } from 'class-validator';
import { FreshnessStore } from '../report/freshness.store.js';
import { PeriodRequest, periodOfRequest } from '../report/report.request.js';
import { SnapshotCache } from '../report/snapshot.cache.js';
import { ReportingConfig } from '../reporting.config.js';
import { KpiReportStore, type Duration, type Ratio } from './kpi-report.store.js';

export class KpiRatio implements Ratio {
  @IsString() readonly key!: string;
  @IsNumber() readonly numerator!: number;
  @IsNumber() readonly denominator!: number;
}

export class KpiDuration implements Duration {
  @IsString() readonly key!: string;
  @IsInt() readonly count!: number;
  @Nullable() @IsNumber() readonly medianSeconds!: number | null;
  @Nullable() @IsNumber() readonly p90Seconds!: number | null;
}

export class KpisResponse {
  @IsString() readonly from!: string;
  @IsString() readonly to!: string;
  @IsString() readonly timeZone!: string;
  @IsString() readonly asOf!: string;
  @Nullable() @IsString() readonly newestEventAt!: string | null;
  @IsString() readonly currency!: string;
  /** People who reached the first milestone in the period, and of them those who reached the second until now. */
  @EachNested(() => KpiRatio) readonly conversions!: readonly KpiRatio[];
  /** Of offers made in the period. */
  @EachNested(() => KpiRatio) readonly agreement!: readonly KpiRatio[];
  /** Reasons of the rejections in the period, most frequent first. */
  @EachNested(() => KpiRatio) readonly rejections!: readonly KpiRatio[];
  /** `win-rate`: deals won of those decided in the period; `retention` and `churn`: of the customers there were in it. */
  @EachNested(() => KpiRatio) readonly deals!: readonly KpiRatio[];
  /** Deals lost to each competitor, of those decided in the period. Only lost deals name one. */
  @EachNested(() => KpiRatio) readonly competitors!: readonly KpiRatio[];
  /** Amounts in `currency` and the number of deals, leads or customers they are spread over; `revenue-before`: of as long a period before. */
  @EachNested(() => KpiRatio) readonly amounts!: readonly KpiRatio[];
  /** Deals won in other currencies, which are not in the amounts. */
  @IsInt() readonly otherCurrencies!: number;
  @EachNested(() => KpiDuration) readonly times!: readonly KpiDuration[];
}

/** The figures both teams answer for together. */
@Injectable()
@Controller('reports/kpis')
export class KpiHttp {
  constructor(
    private readonly kpis: KpiReportStore,
    private readonly freshness: FreshnessStore,
    private readonly snapshots: SnapshotCache,
    private readonly config: ReportingConfig,
    private readonly clock: Clock,
  ) {}

  /** Every figure with its numerator and denominator. */
  @Get()
  @ApiResponseShape(KpisResponse)
  report(@Query() query: PeriodRequest): Promise<KpisResponse> {
    const now = this.clock.now();
    const period = periodOfRequest(query, now, this.config.timeZone);
    const { from, to, timeZone, start, end } = period;
    return this.snapshots.of(['kpis', query.hours ?? [start, end], timeZone], async () => {
      const [conversions, agreement, rejections, deals, money, times, newestEventAt] = await Promise.all([
        this.kpis.conversions(period),
        this.kpis.agreement(period, now),
        this.kpis.rejections(period),
        this.kpis.deals(period),
        this.kpis.money(period),
        this.kpis.times(period),
        this.freshness.newestEventAt(),
      ]);
      return {
        ...{ from, to, timeZone, asOf: now.toISOString(), newestEventAt, currency: this.config.currency },
        ...{ conversions, agreement, rejections, times },
        deals: deals.rates,
        competitors: deals.competitors,
        ...money,
      };
    });
  }
}
