import { CLOCKS, type ClockName } from '@baton/contracts';
import { ApiResponseShape, Clock, Nullable } from '@baton/platform';
import { Controller, Get, Injectable } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsString, ValidateNested } from 'class-validator';
import { FreshnessStore } from '../report/freshness.store.js';
import { SlaReportStore, type ClockCounts } from './sla-report.store.js';

export class SlaRate {
  /** Clocks that were met … */
  @IsInt() readonly numerator!: number;
  /** … of those that were met or ran out. */
  @IsInt() readonly denominator!: number;
}

export class SlaClock {
  @IsIn(CLOCKS) readonly name!: ClockName;
  @IsInt() readonly running!: number;
  /** Ran out and still waiting; they are among the breached. */
  @IsInt() readonly overdue!: number;
  @IsInt() readonly met!: number;
  /** Ran out before anybody answered, whether somebody did later or not. */
  @IsInt() readonly breached!: number;
  @ValidateNested() @Type(() => SlaRate) readonly rate!: SlaRate;
}

export class SlaSeller {
  @IsString() readonly id!: string;
  @IsString() readonly name!: string;
  /** Offers waiting for an answer. */
  @IsInt() readonly open!: number;
  @IsInt() readonly accepted!: number;
  @IsInt() readonly rejected!: number;
  /** Clocks that ran out, of both kinds. */
  @IsInt() readonly breached!: number;
}

export class SlaResponse {
  @IsString() readonly asOf!: string;
  @Nullable() @IsString() readonly newestEventAt!: string | null;
  @IsArray() @ValidateNested({ each: true }) @Type(() => SlaClock) readonly clocks!: readonly SlaClock[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => SlaSeller) readonly sellers!: readonly SlaSeller[];
}

@Injectable()
@Controller('reports/sla')
export class SlaHttp {
  constructor(
    private readonly reports: SlaReportStore,
    private readonly freshness: FreshnessStore,
    private readonly clock: Clock,
  ) {}

  /** Where every clock stands at this moment, and every seller. */
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
