import { IsUuid, Optional } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import {
  IsBoolean,
  IsInt,
  IsNumber,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { DEFAULT_TEAM } from './team.js';

/** The whole seller: a field that is left out gets its default. */
export class PutSellerRequest {
  /** The same as in the path, where it is given. */
  @Optional() @IsUuid() readonly userId?: string;
  @IsString()
  @MinLength(1)
  @MaxLength(256)
  @Matches(/^[^\p{C}]*$/u, { message: '$property must be plain text' })
  readonly name!: string;
  @IsString() @MaxLength(64) readonly team: string = DEFAULT_TEAM;
  /** Twice the weight, twice the leads. */
  @IsNumber() @Min(0.01) @Max(100) readonly weight: number = 1;
  @IsBoolean() readonly available: boolean = true;
  /** Hand-offs offered to or accepted by them at a time; without it, no limit. */
  @Optional() @Nullable() @IsInt() @Min(1) @Max(100_000) readonly maxOpen?: number | null;
  /** Offers in one UTC day; without it, no limit. */
  @Optional() @Nullable() @IsInt() @Min(1) @Max(100_000) readonly maxPerDay?: number | null;
}
