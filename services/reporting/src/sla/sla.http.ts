import { CLOCKS, type ClockName } from '@baton/contracts';
import { ApiResponseShape, Clock } from '@baton/platform';
import { Controller, Get, Injectable } from '@nestjs/common';
import { FreshnessStore } from '../report/freshness.store.js';
import { SlaReportStore, type ClockCounts } from './sla-report.store.js';
import { SlaResponse, type SlaClock } from './sla.response.js';

@Injectable()
@Controller('reports/sla')
export class SlaHttp {
  constructor(
    private readonly reports: SlaReportStore,
    private readonly freshness: FreshnessStore,
    private readonly clock: Clock,
  ) {}

  /** The state of the clocks at this moment, in total and by seller. */
  @Get()
  @ApiResponseShape(SlaResponse)
  async report(): Promise<SlaResponse> {
    const now = this.clock.now();
    const [clocks, sellers, newestEventAt] = await Promise.all([
      this.reports.clocks(now),
      this.reports.sellers(now),
      this.freshness.newestEventAt(),
    ]);
    return {
      asOf: now.toISOString(),
      newestEventAt,
      clocks: CLOCKS.map((name) => withRate(clocks.find((clock) => clock.name === name) ?? noneOf(name))),
      sellers,
    };
  }
}

const noneOf = (name: ClockName): ClockCounts => ({ name, running: 0, overdue: 0, met: 0, breached: 0 });

const withRate = (clock: ClockCounts): SlaClock => ({
  ...clock,
  rate: { numerator: clock.met, denominator: clock.met + clock.breached },
});
