import { IsInstant, IsUuid, Optional } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsNumber, IsString, ValidateNested } from 'class-validator';
import { toIso } from '../policy/duration.js';
import { DEAL_STATUSES, type Deal, type DealDecision, type DealStatus, type Money } from './deal.js';
import type { DealHistoryEntry } from './deal-history.js';

export class MoneyResponse implements Money {
  @IsNumber() readonly amount!: number;
  @IsString() readonly currency!: string;
}

export class SellerOfDealResponse {
  @IsUuid() readonly id!: string;
  @IsString() readonly name!: string;
}

export class DealDecisionResponse {
  @IsIn(['won', 'lost', 'churned']) readonly what!: DealDecision['what'];
  /** Null when the CRM reported it. */
  @Nullable() @ValidateNested() @Type(() => SellerOfDealResponse) readonly by!: SellerOfDealResponse | null;
  @IsInstant() readonly at!: string;
  @Optional() @IsString() readonly reason?: string;
  @Optional() @IsString() readonly competitor?: string;
}

export class DealOriginResponse {
  @IsString() readonly sourceId!: string;
  @IsString() readonly externalId!: string;
}

export class DealHistoryResponse {
  @IsString() readonly type!: string;
  @IsInstant() readonly at!: string;
  @IsString() readonly detail!: string;
}

export class DealResponse {
  @IsUuid() readonly id!: string;
  @IsUuid() readonly leadId!: string;
  @Nullable() @IsUuid() readonly handoffId!: string | null;
  @Nullable()
  @ValidateNested()
  @Type(() => SellerOfDealResponse)
  readonly seller!: SellerOfDealResponse | null;
  /** The CRM it comes from; null when it was opened here. */
  @Nullable() @ValidateNested() @Type(() => DealOriginResponse) readonly origin!: DealOriginResponse | null;
  @IsIn(DEAL_STATUSES) readonly state!: DealStatus;
  @IsString() readonly stage!: string;
  @Nullable() @ValidateNested() @Type(() => MoneyResponse) readonly value!: MoneyResponse | null;
  @IsInstant() readonly openedAt!: string;
  @Nullable()
  @ValidateNested()
  @Type(() => DealDecisionResponse)
  readonly decision!: DealDecisionResponse | null;
  @IsInt() readonly renewals!: number;
  /** The last 100 entries, oldest first. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => DealHistoryResponse)
  readonly history!: DealHistoryResponse[];
}

export class DealTotalResponse {
  @IsIn(DEAL_STATUSES) readonly state!: DealStatus;
  @IsString() readonly stage!: string;
  /** Null for deals without a value. */
  @Nullable() @IsString() readonly currency!: string | null;
  @IsInt() readonly deals!: number;
  @IsNumber() readonly amount!: number;
}

export const toResponse = (deal: Deal, history: readonly DealHistoryEntry[]): DealResponse => {
  const { origin, decision } = deal;
  return {
    id: deal.id,
    leadId: deal.leadId,
    handoffId: deal.handoffId ?? null,
    seller: deal.seller,
    origin: origin ? { sourceId: origin.sourceId, externalId: origin.externalId } : null,
    state: deal.status,
    stage: deal.stage,
    value: deal.value ?? null,
    openedAt: toIso(deal.openedAt),
    decision: decision ? toDecision(decision) : null,
    renewals: deal.renewals,
    history: history.map(({ type, at, detail }) => ({ type, at: toIso(at), detail })),
  };
};

const toDecision = ({ what, by, at, reason, competitor }: DealDecision): DealDecisionResponse => ({
  what,
  by,
  at: toIso(at),
  ...(reason !== undefined && { reason }),
  ...(competitor !== undefined && { competitor }),
});
