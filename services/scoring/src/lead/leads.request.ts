import { IsUuid, Optional } from '@baton/contracts';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';

export class LeadSearchRequest {
  /** The whole address. */
  @Optional() @IsString() @MaxLength(320) readonly email?: string;
  /** Part of a name, company or role, or the beginning of an address. */
  @Optional() @IsString() @MinLength(2) @MaxLength(100) readonly text?: string;
  @Optional() @IsString() @MaxLength(64) readonly stage?: string;
  @Optional() @IsUuid() readonly ownerId?: string;
  @Optional() @IsArray() @ArrayMaxSize(200) @IsUuid({ each: true }) readonly ids?: string[];
  @Optional() @IsInt() @Min(1) @Max(200) readonly limit?: number;
  @Optional() @IsString() @MaxLength(400) readonly cursor?: string;
}

export class LeadPath {
  @IsUuid() readonly id!: string;
}

export class ActivitiesQuery {
  @Optional() @Type(() => Number) @IsInt() @Min(1) @Max(200) readonly limit?: number;
  @Optional() @IsString() @MaxLength(400) readonly cursor?: string;
}
