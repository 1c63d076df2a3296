import { CLOCKS, type ClockName } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsString, ValidateNested } from 'class-validator';

export class SlaRate {
  /** Clocks that were met … */
  @IsInt() readonly numerator!: number;
  /** … of those that were met or breached. */
  @IsInt() readonly denominator!: number;
}

export class SlaClock {
  @IsIn(CLOCKS) readonly name!: ClockName;
  @IsInt() readonly running!: number;
  /** Due and not answered yet; included in `breached`. */
  @IsInt() readonly overdue!: number;
  @IsInt() readonly met!: number;
  /** Not answered when due, whether or not answered later. */
  @IsInt() readonly breached!: number;
  @ValidateNested() @Type(() => SlaRate) readonly rate!: SlaRate;
}

export class SlaSeller {
  @IsString() readonly id!: string;
  @IsString() readonly name!: string;
  /** Offers waiting for an answer. */
  @IsInt() readonly open!: number;
  @IsInt() readonly accepted!: number;
  @IsInt() readonly rejected!: number;
  /** Breached clocks of both kinds. */
  @IsInt() readonly breached!: number;
}

export class SlaResponse {
  @IsString() readonly asOf!: string;
  @Nullable() @IsString() readonly newestEventAt!: string | null;
  @IsArray() @ValidateNested({ each: true }) @Type(() => SlaClock) readonly clocks!: readonly SlaClock[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => SlaSeller) readonly sellers!: readonly SlaSeller[];
}
