import { IsInstant, IsUuid, Score } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsNumber, IsString, ValidateNested } from 'class-validator';
import { AccountSummary } from '../account/account.response.js';
import { OwnerResponse } from '../lead/leads.response.js';

export class PersonResponse {
  @IsUuid() readonly id!: string;
  @Nullable() @IsString() readonly name!: string | null;
  @Nullable() @IsString() readonly jobTitle!: string | null;
  @Nullable() @IsString() readonly email!: string | null;
  @IsString() readonly stage!: string;
  /** Decayed up to the moment of the answer. */
  @ValidateNested() @Type(() => Score) readonly score!: Score;
  @Nullable() @ValidateNested() @Type(() => OwnerResponse) readonly owner!: OwnerResponse | null;
  @IsInstant() readonly lastActivityAt!: string;
}

export class ActivityCountResponse {
  @IsString() readonly kind!: string;
  @IsInt() readonly count!: number;
}

export class DealCountResponse {
  @IsString() readonly state!: string;
  /** Null for deals without an amount. */
  @Nullable() @IsString() readonly currency!: string | null;
  @Nullable() @IsNumber() readonly amount!: number | null;
  @IsInt() readonly count!: number;
}

/** The totals are of all people of the account; `leads` are those that the user sees. */
export class AccountResponse extends AccountSummary {
  /** Highest score first, at most 100. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PersonResponse)
  readonly leads!: readonly PersonResponse[];
  /** Of the last 30 days, those of bots left out; at most 50,000 are counted. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ActivityCountResponse)
  readonly activities!: readonly ActivityCountResponse[];
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => DealCountResponse)
  readonly deals!: readonly DealCountResponse[];
}
