import { MAX_HOLIDAYS } from '@baton/calendar';
import { Nested, Optional } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { ArrayMaxSize, IsArray, IsBoolean, IsString, Length, Matches, MaxLength } from 'class-validator';
import { CalendarHours } from './working-time.request.js';

/** The whole calendar: a field that is left out gets its default. */
export class CalendarRequest {
  @IsString()
  @Length(1, 120)
  @Matches(/^[^\p{C}]*$/u, { message: '$property must be plain text' })
  readonly name!: string;
  /** Of the IANA database, such as `Europe/Berlin`, or a fixed offset, such as `+05:30`. */
  @IsString() @MaxLength(64) readonly timeZone!: string;
  @Nested(() => CalendarHours) readonly hours!: CalendarHours;
  /** Dates of one's own on which no shift begins: `2026-12-24`, or `*-12-24` for every year. */
  @IsArray()
  @ArrayMaxSize(MAX_HOLIDAYS)
  @IsString({ each: true })
  readonly holidays: readonly string[] = [];
  /** ISO 3166 code of the country whose public holidays count, such as `DE`; without it, none do. */
  @Optional() @Nullable() @IsString() @Length(2, 2) readonly country?: string | null;
  /** Part of the country with holidays of its own, such as `BY`. */
  @Optional() @Nullable() @IsString() @MaxLength(10) readonly region?: string | null;
  /** Of sellers and teams without another; the one before is the default no more. */
  @IsBoolean() readonly isDefault: boolean = false;
}
