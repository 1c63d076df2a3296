import { Optional } from '@baton/contracts';
import { AsNumber } from '@baton/platform';
import { IsInt, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';

export class AccountsQuery {
  /** Part of a name or domain. */
  @Optional() @IsString() @MinLength(2) @MaxLength(100) readonly text?: string;
  @Optional() @AsNumber() @IsInt() @Min(1) @Max(200) readonly limit?: number;
  @Optional() @IsString() @MaxLength(400) readonly cursor?: string;
}

export class AccountPath {
  @IsString() @MaxLength(253) readonly domain!: string;
}
