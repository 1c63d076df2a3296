import type { Credit } from '@baton/attribution';
import { EachNested, Optional } from '@baton/contracts';
import { IsNumber, IsString } from 'class-validator';

export class AttributionCredit implements Credit {
  @IsString() readonly key!: string;
  /** Multiple of 0.000001; the sum is that of the paths. */
  @IsNumber() readonly conversions!: number;
  /** Multiple of 0.001; the sum is that of the paths. Absent when no path has a value. */
  @Optional() @IsNumber() readonly value?: number;
}

export class AttributionResponse {
  /** Every key that occurs, most conversions first, then by key. */
  @EachNested(() => AttributionCredit) readonly credits!: readonly AttributionCredit[];
}
