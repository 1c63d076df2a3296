import { IsUuid, MAX_AMOUNT, Nested, Optional } from '@baton/contracts';
import { AsNumber } from '@baton/platform';
import { IsIn, IsInt, IsNumber, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { DEAL_STATUSES, type DealStatus, type Money } from './deal.js';

/** Keys such as `proposal` or `no-budget`: what reports group by. */
const KEY = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const STORABLE = /^[^\0\p{Surrogate}]+$/u;

const IsKey = (): PropertyDecorator =>
  Matches(KEY, { message: '$property must be a key such as no-budget: a-z, 0-9 and -' });

export class MoneyRequest implements Money {
  @IsNumber() @Min(0) @Max(MAX_AMOUNT) readonly amount!: number;
  /** ISO 4217, such as EUR. */
  @IsString() @Matches(/^[A-Z]{3}$/) readonly currency!: string;
}

export class DealTotalsQuery {
  @Optional() @IsUuid() readonly leadId?: string;
  @Optional() @IsUuid() readonly sellerId?: string;
  @Optional() @IsIn(DEAL_STATUSES) readonly state?: DealStatus;
}

export class DealsQuery extends DealTotalsQuery {
  @Optional() @IsString() @MaxLength(64) @IsKey() readonly stage?: string;
  @Optional() @IsString() @MaxLength(400) readonly cursor?: string;
  @Optional() @AsNumber() @IsInt() @Min(1) @Max(100) readonly limit?: number;
}

export class OpenDealBody {
  /** The qualified hand-off that led to it; or `leadId`. */
  @Optional() @IsUuid() readonly handoffId?: string;
  /** The lead, when sales found the deal without a hand-off. */
  @Optional() @IsUuid() readonly leadId?: string;
  /** With `leadId`, for managers: whose deal it is. A seller opens their own. */
  @Optional() @IsUuid() readonly sellerId?: string;
  /** `discovery` unless given. */
  @Optional() @IsString() @MaxLength(64) @IsKey() readonly stage?: string;
  @Optional() @Nested(() => MoneyRequest) readonly value?: MoneyRequest;
}

export class StageBody {
  @IsString() @MaxLength(64) @IsKey() readonly stage!: string;
}

export class ValueBody {
  @Nested(() => MoneyRequest) readonly value!: MoneyRequest;
}

export class WinBody {
  /** Needed when the deal has no value yet. */
  @Optional() @Nested(() => MoneyRequest) readonly value?: MoneyRequest;
}

export class LoseBody {
  @IsString() @MaxLength(64) @IsKey() readonly reason!: string;
  @Optional() @IsString() @MaxLength(128) @Matches(STORABLE) readonly competitor?: string;
}

export class ChurnBody {
  @Optional() @IsString() @MaxLength(64) @IsKey() readonly reason?: string;
}
