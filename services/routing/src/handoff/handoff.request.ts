import {
  ATTEMPT_CHANNELS,
  ATTEMPT_OUTCOMES,
  type AttemptChannel,
  type AttemptOutcome,
  IsInstant,
  IsUuid,
  Optional,
} from '@baton/contracts';
import { IsBoolean, IsIn, IsString, Matches, MaxLength } from 'class-validator';
import type { Bant } from './handoff.js';

/** What PostgreSQL can keep: no NUL, no half of a surrogate pair. */
const STORABLE = /^[^\0\p{Surrogate}]*$/u;

const IsStorable = (): PropertyDecorator =>
  Matches(STORABLE, { message: '$property contains characters that cannot be stored' });

export class RejectRequest {
  /** A code of `GET /handoffs/reject-reasons`. */
  @IsString() @MaxLength(64) readonly reason!: string;
  @Optional() @IsString() @MaxLength(2000) @IsStorable() readonly note?: string;
  /** When the lead may be looked at again. */
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
  /** Without it: whose turn it is. */
  @Optional() @IsUuid() readonly sellerId?: string;
}
