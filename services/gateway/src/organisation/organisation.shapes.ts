import { EachNested } from '@baton/contracts';
import {
  ArrayMaxSize,
  IsArray,
  IsISO4217CurrencyCode,
  IsIn,
  IsTimeZone,
  Matches,
  MaxLength,
} from 'class-validator';
import { IsName } from '../user/users.shapes.js';
import { DAYS, FROM, TO, type WorkingHours } from './working-week.js';

const MAX_NAME = 120;
const MAX_INTERVALS = 28;

export class WorkingHoursShape implements WorkingHours {
  @IsIn(DAYS) readonly day!: (typeof DAYS)[number];
  @Matches(FROM, { message: 'must be a time from 00:00 to 23:59' }) readonly from!: string;
  @Matches(TO, { message: 'must be a time from 00:00 to 24:00' }) readonly to!: string;
}

/** What is the same for everybody in the organisation that runs this installation. */
export class OrganisationShape {
  @IsName() @MaxLength(MAX_NAME) readonly name!: string;
  /** Name in the IANA database, such as Europe/Berlin. */
  @Matches(/^[A-Z]/, { message: 'must be the name of a time zone' }) @IsTimeZone() readonly timeZone!: string;
  /** ISO 4217, such as EUR. */
  @IsISO4217CurrencyCode() readonly currency!: string;
  /** Times in `timeZone`; a day that is missing is off. */
  @IsArray()
  @ArrayMaxSize(MAX_INTERVALS)
  @EachNested(() => WorkingHoursShape)
  readonly workingWeek!: WorkingHoursShape[];
}
