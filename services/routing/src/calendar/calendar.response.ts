import { IsUuid, Nested } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { IsArray, IsBoolean, IsInt, IsString } from 'class-validator';
import { CalendarHours } from './working-time.request.js';

export class CalendarResponse {
  @IsUuid() readonly id!: string;
  /** Each change adds 1. */
  @IsInt() readonly version!: number;
  @IsString() readonly name!: string;
  @IsString() readonly timeZone!: string;
  @Nested(() => CalendarHours) readonly hours!: CalendarHours;
  /** Of one's own. */
  @IsArray() @IsString({ each: true }) readonly holidays!: readonly string[];
  /** Public ones of the country and region, of last year and the years to come that are known. */
  @IsArray() @IsString({ each: true }) readonly publicHolidays!: readonly string[];
  @Nullable() @IsString() readonly country!: string | null;
  @Nullable() @IsString() readonly region!: string | null;
  @IsBoolean() readonly isDefault!: boolean;
}
