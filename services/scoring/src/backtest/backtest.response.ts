import { IsInstant, IsUuid, Nested, Optional } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsNumber, IsString, ValidateNested } from 'class-validator';
import type { Backtest } from './backtest.store.js';
import { CohortsResponse } from './cohorts.response.js';

export class BusiestDay {
  @IsString() readonly day!: string;
  @IsNumber() readonly perSeller!: number;
}

export class BacktestSide {
  /** Leads that became sales-ready; each counts once. */
  @IsInt() readonly handoffs!: number;
  /** Leads that are sales-ready at the end. */
  @IsInt() readonly ready!: number;
  /** Hand-offs of leads that sales really judged. */
  @IsInt() readonly judged!: number;
  @IsInt() readonly accepted!: number;
  @IsInt() readonly won!: number;
  /** Of 100 judged hand-offs; null without one. */
  @Nullable() @IsNumber() readonly acceptedPer100!: number | null;
  @Nullable() @IsNumber() readonly wonPer100!: number | null;
  @IsNumber() readonly perSellerAndDay!: number;
  @Nullable() @ValidateNested() @Type(() => BusiestDay) readonly busiestDay!: BusiestDay | null;
}

export class NamedLeads {
  @IsInt() readonly count!: number;
  /** At most 50. */
  @IsArray() @IsUuid({ each: true }) readonly leadIds!: readonly string[];
}

export class BacktestOutcome {
  @IsInt() readonly leads!: number;
  @IsInt() readonly activities!: number;
  /** Sellers who ever had a lead: the load is divided by them. */
  @IsInt() readonly sellers!: number;
  /** Days from the first activity to the last. */
  @IsInt() readonly days!: number;
  @ValidateNested() @Type(() => BacktestSide) readonly draft!: BacktestSide;
  @ValidateNested() @Type(() => BacktestSide) readonly active!: BacktestSide;
  /** Leads that are sales-ready at some time by the draft only. */
  @ValidateNested() @Type(() => NamedLeads) readonly becomes!: NamedLeads;
  /** Leads that are sales-ready at some time by the active definitions only. */
  @ValidateNested() @Type(() => NamedLeads) readonly stops!: NamedLeads;
  /** Absent in results that were stored before there were cohorts. */
  @Optional() @Nested(() => CohortsResponse) readonly cohorts?: CohortsResponse;
}

export class BacktestResponse {
  @IsUuid() readonly id!: string;
  @IsIn(['running', 'done', 'cancelled', 'failed']) readonly state!: Backtest['state'];
  @IsString() readonly requestedBy!: string;
  @IsInstant() readonly requestedAt!: string;
  @IsInt() readonly leadsDone!: number;
  @IsInt() readonly leadsTotal!: number;
  @IsInt() readonly activities!: number;
  @Nullable() @ValidateNested() @Type(() => BacktestOutcome) readonly result!: BacktestOutcome | null;
  /** What went wrong, and what to do; null unless it failed. */
  @Nullable() @IsString() readonly fault!: string | null;
}

export const toResponse = ({ leads, requestedAt, ...backtest }: Backtest): BacktestResponse => ({
  ...backtest,
  requestedAt: new Date(requestedAt).toISOString(),
  leadsDone: leads.done,
  leadsTotal: leads.total,
});
