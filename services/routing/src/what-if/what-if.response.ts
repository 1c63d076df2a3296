import { EachNested, IsInstant, IsUuid } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { IsBoolean, IsInt, IsString } from 'class-validator';

export class TeamCountResponse {
  @IsString() readonly team!: string;
  /** First offers in the period. */
  @IsInt() readonly got!: number;
  @IsInt() readonly would!: number;
}

export class SellerCountResponse extends TeamCountResponse {
  @IsUuid() readonly id!: string;
  @IsString() readonly name!: string;
}

/** A lead that another seller would have got. */
export class DifferenceResponse {
  @IsUuid() readonly handoffId!: string;
  @IsUuid() readonly leadId!: string;
  @IsInstant() readonly at!: string;
  /** Null: it waited. */
  @Nullable() @IsString() readonly got!: string | null;
  @Nullable() @IsString() readonly would!: string | null;
  @IsString() readonly why!: string;
}

export class WhatIfResponse {
  @IsInstant() readonly from!: string;
  @IsInstant() readonly until!: string;
  /** The rules that were asked; `draft` for those of the request. */
  @IsString() readonly rulesId!: string;
  /** Leads of the period, at most 5,000, the newest. */
  @IsInt() readonly leads!: number;
  /** Whether the period has more. */
  @IsBoolean() readonly hasMore!: boolean;
  @EachNested(() => TeamCountResponse) readonly teams!: readonly TeamCountResponse[];
  @EachNested(() => SellerCountResponse) readonly sellers!: readonly SellerCountResponse[];
  /** Leads that no seller could take at once. */
  @IsInt() readonly waited!: number;
  @IsInt() readonly wouldWait!: number;
  /** Leads that another seller would have got. */
  @IsInt() readonly changed!: number;
  /** The newest of these, at most 100, of leads that the user sees. */
  @EachNested(() => DifferenceResponse) readonly differences!: readonly DifferenceResponse[];
}
