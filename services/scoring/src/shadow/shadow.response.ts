import { IsInstant, IsUuid } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsNumber, IsString, ValidateNested } from 'class-validator';
import { NamedLeads } from '../backtest/backtest.response.js';
import type { ShadowResults, ShadowSide } from './shadow-summary.store.js';
import type { Shadow } from './shadow.store.js';

const DAY_MS = 86_400_000;

export class ShadowSideResponse {
  /** Leads that became sales-ready since the shadow began, each once. */
  @IsInt() readonly handoffs!: number;
  @IsNumber() readonly perSellerAndDay!: number;
  /** Leads that are sales-ready as of their last change. */
  @IsInt() readonly ready!: number;
  /** Of the leads that sales accepted or rejected: sales-ready by these definitions. */
  @IsInt() readonly accepted!: number;
  @IsInt() readonly rejected!: number;
}

export class PointsBinResponse {
  @IsNumber() readonly from!: number;
  @IsNumber() readonly to!: number;
  @IsInt() readonly draft!: number;
  @IsInt() readonly active!: number;
}

/** A draft that live traffic is scored with beside the active definitions; nothing else changes. */
export class ShadowResponse {
  @IsUuid() readonly id!: string;
  @Nullable() @IsString() readonly scoringModelId!: string | null;
  @Nullable() @IsString() readonly funnelId!: string | null;
  @IsString() readonly startedBy!: string;
  @IsInstant() readonly startedAt!: string;
  /** Null while it runs. */
  @Nullable() @IsInstant() readonly stoppedAt!: string | null;
  /** Leads that changed since it began, and those of them that are not evaluated yet. */
  @IsInt() readonly leads!: number;
  @IsInt() readonly waiting!: number;
  /** Sales-ready at some time by both, or by neither. */
  @IsInt() readonly both!: number;
  @IsInt() readonly neither!: number;
  /** Sales-ready at some time by one of them only. */
  @ValidateNested() @Type(() => NamedLeads) readonly draftOnly!: NamedLeads;
  @ValidateNested() @Type(() => NamedLeads) readonly activeOnly!: NamedLeads;
  /** Share of the leads that both say the same of; null without a lead. */
  @Nullable() @IsNumber() readonly agreement!: number | null;
  /** Leads that sales accepted or rejected since it began. */
  @IsInt() readonly accepted!: number;
  @IsInt() readonly rejected!: number;
  @ValidateNested() @Type(() => ShadowSideResponse) readonly draft!: ShadowSideResponse;
  @ValidateNested() @Type(() => ShadowSideResponse) readonly active!: ShadowSideResponse;
  /** Leads by points. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PointsBinResponse)
  readonly distribution!: readonly PointsBinResponse[];
}

export class ShadowStateResponse {
  /** The one that runs, or the one that ran last; null when none ever did. */
  @Nullable() @ValidateNested() @Type(() => ShadowResponse) readonly shadow!: ShadowResponse | null;
}

/** A shadow with its results; the load is per day begun. `now`: ms since 1970. */
export const toResponse = (
  { startedAt, stoppedAt, ...shadow }: Shadow,
  results: ShadowResults,
  { sellers, now }: { readonly sellers: number; readonly now: number },
): ShadowResponse => {
  const { summary, draftOnly, activeOnly } = results;
  const { leads, both, neither } = summary;
  const days = Math.max(1, Math.ceil(((stoppedAt ?? now) - startedAt) / DAY_MS));
  const sideOf = (side: ShadowSide): ShadowSideResponse => ({
    ...side,
    perSellerAndDay: Math.round((100 * side.handoffs) / Math.max(1, sellers) / days) / 100,
  });
  return {
    ...shadow,
    startedAt: new Date(startedAt).toISOString(),
    stoppedAt: stoppedAt === null ? null : new Date(stoppedAt).toISOString(),
    leads,
    waiting: results.waiting,
    both,
    neither,
    draftOnly: { count: summary.draftOnly, leadIds: draftOnly },
    activeOnly: { count: summary.activeOnly, leadIds: activeOnly },
    agreement: leads === 0 ? null : (both + neither) / leads,
    accepted: summary.accepted,
    rejected: summary.rejected,
    draft: sideOf(summary.draft),
    active: sideOf(summary.active),
    distribution: results.distribution,
  };
};
