import {
  ATTEMPT_CHANNELS,
  ATTEMPT_OUTCOMES,
  type AttemptChannel,
  type AttemptOutcome,
  IsInstant,
  IsUuid,
  Optional,
} from '@baton/contracts';
import { AsNumber } from '@baton/platform';
import { IsBoolean, IsIn, IsInt, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { ORDERS, type Order } from './handoff-query.store.js';
import { STATUSES, type Bant, type Status } from './handoff.js';

/** Text that PostgreSQL can store: no NUL, no half of a surrogate pair. */
const STORABLE = /^[^\0\p{Surrogate}]*$/u;

const IsStorable = (): PropertyDecorator =>
  Matches(STORABLE, { message: '$property contains characters that cannot be stored' });

export class HandoffsQuery {
  @Optional() @IsUuid() readonly leadId?: string;
  @Optional() @IsUuid() readonly sellerId?: string;
  @Optional() @IsIn(STATUSES) readonly state?: Status;
  /** `true`: open ones of sellers who are away. */
  @Optional() @IsIn(['true']) readonly sellerAway?: 'true';
  /** Without it, `due` for offered and accepted ones, and `newest` for all others. */
  @Optional() @IsIn(ORDERS) readonly order?: Order;
  @Optional() @IsString() @MaxLength(400) readonly cursor?: string;
  @Optional() @AsNumber() @IsInt() @Min(1) @Max(100) readonly limit?: number;
}

export class RejectReasonsQuery {
  /** For the reasons of the policy this hand-off runs under; without it those of the policy in force. */
  @Optional() @IsUuid() readonly handoffId?: string;
}

export class RejectRequest {
  /** A code of `GET /handoffs/reject-reasons`. */
  @IsString() @MaxLength(64) readonly reason!: string;
  @Optional() @IsString() @MaxLength(2000) @IsStorable() readonly note?: string;
  /** The date from which the lead is eligible again. */
  @Optional() @IsInstant() readonly wakeAt?: string;
}

export class AttemptRequest {
  @IsIn(ATTEMPT_CHANNELS) readonly channel!: AttemptChannel;
  @IsIn(ATTEMPT_OUTCOMES) readonly outcome!: AttemptOutcome;
}

export class QualifyRequest implements Bant {
  @IsBoolean() readonly budget!: boolean;
  @IsBoolean() readonly authority!: boolean;
  @IsBoolean() readonly need!: boolean;
  @IsBoolean() readonly timeline!: boolean;
}

export class ReassignRequest {
  /** Without it, the next in turn. */
  @Optional() @IsUuid() readonly sellerId?: string;
  /** Only while this seller has it: nothing happens when it went to another meanwhile. */
  @Optional() @IsUuid() readonly fromSellerId?: string;
}
