import {
  MAX_HOLIDAYS,
  MAX_PAUSES,
  MAX_SECONDS,
  MAX_SHIFTS,
  type Calendar,
  type Shift,
} from '@baton/calendar';
import { Nested, Optional } from '@baton/contracts';
import { CheckedByRules } from '@baton/platform';
import { ArrayMaxSize, IsArray, IsISO8601, IsNumber, IsString, Max, Min } from 'class-validator';

const Shifts = (): PropertyDecorator => (target, property) => {
  for (const decorate of [Optional(), IsArray(), ArrayMaxSize(MAX_SHIFTS), IsArray({ each: true })])
    decorate(target, property);
};

/** Shifts by the weekday on which they begin. An end that is not after the start is on the next day; `24:00` ends the day itself. */
export class CalendarHours {
  /** Such as `[["09:00", "12:30"], ["13:30", "17:00"]]`. */
  @Shifts() readonly mon?: readonly Shift[];
  @Shifts() readonly tue?: readonly Shift[];
  @Shifts() readonly wed?: readonly Shift[];
  @Shifts() readonly thu?: readonly Shift[];
  @Shifts() readonly fri?: readonly Shift[];
  @Shifts() readonly sat?: readonly Shift[];
  @Shifts() readonly sun?: readonly Shift[];
}

export class InlineCalendar implements Calendar {
  /** Of the IANA database, such as `Europe/Berlin`, or a fixed offset, such as `+05:30`. */
  @IsString() readonly timeZone!: string;
  @Nested(() => CalendarHours) readonly hours!: CalendarHours;
  /** Dates on which no shift begins: `2026-12-25`, or `*-12-25` for every year. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_HOLIDAYS)
  @IsString({ each: true })
  readonly holidays?: readonly string[];
  /** Start and end of times that do not count, as instants. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_PAUSES)
  @IsArray({ each: true })
  readonly pauses?: readonly (readonly [string, string])[];
}

/** As the API describes it; the rules of the lib check it. */
@CheckedByRules()
export class DueRequest {
  @Nested(() => InlineCalendar) readonly calendar!: InlineCalendar;
  /** An instant with an offset, such as `2026-11-28T18:00:00Z`. */
  @IsISO8601() readonly start!: string;
  /** Working time; negative to go back. Rounded to milliseconds. */
  @IsNumber() @Min(-MAX_SECONDS) @Max(MAX_SECONDS) readonly seconds!: number;
}

/** As the API describes it; the rules of the lib check it. */
@CheckedByRules()
export class ElapsedRequest {
  @Nested(() => InlineCalendar) readonly calendar!: InlineCalendar;
  /** An instant with an offset, such as `2026-11-28T18:00:00Z`. */
  @IsISO8601() readonly start!: string;
  /** Before `start` for a negative result. */
  @IsISO8601() readonly end!: string;
}
