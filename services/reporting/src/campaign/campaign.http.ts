import { EachNested, IsInstant, isDate, Optional } from '@baton/contracts';
import { ApiResponseShape, Clock, CurrentUser, DomainError, Nullable, Roles, User } from '@baton/platform';
import { Body, Controller, Get, HttpCode, Injectable, Post, Query } from '@nestjs/common';
import {
  ArrayMaxSize,
  IsDateString,
  IsInt,
  IsNumber,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { PeriodRequest, invalid, periodOfRequest } from '../report/report.request.js';
import { SnapshotCache } from '../report/snapshot.cache.js';
import { ReportingConfig } from '../reporting.config.js';
import { CampaignPlanStore, type CampaignPlan, type CampaignReturn } from './campaign-plan.store.js';
import { costsIn } from './costs-file.js';

const MAX_PLANS = 500;
const MAX_CSV = 200_000;
const MAX_FAULTS = 20;

export class CostRequest {
  @IsDateString({ strict: true }) @MaxLength(10) readonly day!: string;
  /** In the currency of the settings. */
  @IsNumber() @Min(0) @Max(1e12) readonly amount!: number;
  /** Of costs with the same day and note the last amount counts. */
  @Optional() @IsString() @MaxLength(256) readonly note?: string;
}

export class CampaignRequest {
  /** As it is in links and forms, in any case. */
  @IsString() @Matches(/\S/) @MaxLength(256) readonly name!: string;
  @Optional() @IsDateString({ strict: true }) @MaxLength(10) readonly startsOn?: string;
  @Optional() @IsDateString({ strict: true }) @MaxLength(10) readonly endsOn?: string;
  @Optional() @IsString() @MaxLength(4_000) readonly brief?: string;
  @Optional() @IsString() @MaxLength(1_000) readonly audience?: string;
  @Optional() @IsString() @MaxLength(1_000) readonly offer?: string;
  @Optional() @IsString() @MaxLength(1_000) readonly message?: string;
  @Optional() @IsString() @MaxLength(4_000) readonly talkingPoints?: string;
  @Optional() @EachNested(() => CostRequest) @ArrayMaxSize(100) readonly costs?: readonly CostRequest[];
}

export class CostsFileRequest {
  /** CSV with the columns campaign, day, amount and, if any, note. */
  @IsString() @MaxLength(MAX_CSV) readonly csv!: string;
}

export class CostsFileResponse {
  /** Rows that were stored. */
  @IsInt() readonly stored!: number;
}

export class CampaignPlanResponse implements CampaignPlan {
  @IsString() readonly name!: string;
  @Nullable() @IsString() readonly startsOn!: string | null;
  @Nullable() @IsString() readonly endsOn!: string | null;
  @IsString() readonly brief!: string;
  @IsString() readonly audience!: string;
  @IsString() readonly offer!: string;
  @IsString() readonly message!: string;
  @IsString() readonly talkingPoints!: string;
}

export class CampaignPlansResponse {
  /** Newest start first, at most 500. */
  @EachNested(() => CampaignPlanResponse) readonly items!: readonly CampaignPlanResponse[];
}

export class CampaignReturnResponse implements CampaignReturn {
  /** `(none)`: people without a campaign, `(other)`: all after the 100 largest. */
  @IsString() readonly campaign!: string;
  /** Created in the period with this campaign as their first. */
  @IsInt() readonly people!: number;
  /** Of them, those who reached the stages until now. */
  @IsInt() readonly leads!: number;
  @IsInt() readonly sals!: number;
  @IsInt() readonly customers!: number;
  /** Of their won deals. */
  @IsNumber() readonly value!: number;
  /** Spent in the period. */
  @IsNumber() readonly cost!: number;
}

export class CampaignReturnsResponse {
  @IsString() readonly from!: string;
  @IsString() readonly to!: string;
  @IsString() readonly timeZone!: string;
  @IsInstant() readonly asOf!: string;
  @IsString() readonly currency!: string;
  @EachNested(() => CampaignReturnResponse) readonly items!: readonly CampaignReturnResponse[];
}

/** Campaigns as marketing plans them, and what they brought. */
@Injectable()
@Controller()
export class CampaignHttp {
  constructor(
    private readonly campaigns: CampaignPlanStore,
    private readonly snapshots: SnapshotCache,
    private readonly config: ReportingConfig,
    private readonly clock: Clock,
  ) {}

  /** Plans, with what sales should know before the launch. */
  @Get('campaigns')
  @ApiResponseShape(CampaignPlansResponse)
  async plans(): Promise<CampaignPlansResponse> {
    return { items: await this.campaigns.plans(MAX_PLANS) };
  }

  /** Saves the plan of a campaign by its name, and adds costs. */
  @Post('campaigns')
  @HttpCode(200)
  @Roles('marketing', 'operations', 'admin')
  @ApiResponseShape(CampaignPlanResponse)
  async save(@Body() request: CampaignRequest, @CurrentUser() user: User): Promise<CampaignPlanResponse> {
    const { costs = [], name } = request;
    for (const day of [request.startsOn, request.endsOn, ...costs.map((cost) => cost.day)])
      if (day !== undefined && !isDate(day))
        throw invalid('/startsOn', 'and all days must be dates such as 2026-01-05');
    if (request.startsOn && request.endsOn && request.endsOn < request.startsOn)
      throw invalid('/endsOn', 'must not be before `startsOn`');
    const { startsOn = null, endsOn = null, brief = '', audience = '', offer = '', message = '' } = request;
    const { talkingPoints = '' } = request;
    const plan = { name: name.trim(), startsOn, endsOn, brief, audience, offer, message, talkingPoints };
    await this.campaigns.save(plan, user.id, this.clock.now());
    await this.campaigns.addCosts(costs.map((cost) => ({ campaign: name, note: '', ...cost })));
    return plan;
  }

  /** Adds the costs of a file, all or none. */
  @Post('campaigns/costs')
  @HttpCode(200)
  @Roles('marketing', 'operations', 'admin')
  @ApiResponseShape(CostsFileResponse)
  async importCosts(@Body() { csv }: CostsFileRequest): Promise<CostsFileResponse> {
    const { rows, faults } = costsIn(csv);
    if (faults.length > 0)
      throw new DomainError('invalid', `Nothing was stored: line ${faults[0]!.line} ${faults[0]!.detail}.`, {
        errors: faults
          .slice(0, MAX_FAULTS)
          .map(({ line, detail }) => ({ pointer: `/csv/${line}`, detail: `line ${line} ${detail}` })),
      });
    await this.campaigns.addCosts(rows);
    return { stored: rows.length };
  }

  /** What people became whose first touch was of each campaign, beside its costs in the period. */
  @Get('reports/campaigns')
  @ApiResponseShape(CampaignReturnsResponse)
  returns(@Query() query: PeriodRequest): Promise<CampaignReturnsResponse> {
    const now = this.clock.now();
    const period = periodOfRequest(query, now, this.config.timeZone);
    const { from, to, timeZone, start, end } = period;
    return this.snapshots.of(['campaigns', query.hours ?? [start, end], timeZone], async () => ({
      ...{ from, to, timeZone, asOf: now.toISOString(), currency: this.config.currency },
      items: await this.campaigns.returns(period),
    }));
  }
}
