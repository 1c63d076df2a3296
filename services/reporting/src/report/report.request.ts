import { Optional } from '@baton/contracts';
import { AsNumber, DomainError } from '@baton/platform';
import { IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { COHORT_GROUPINGS, GROUPINGS, type CohortGrouping, type Grouping } from './grouping.js';
import { InvalidPeriod, periodOf, type Period } from './period.js';
import { isTimeZone } from './time-zone.js';

export class PeriodRequest {
  /** First day, or an instant in it; 30 days up to `to` unless given. */
  @Optional() @IsString() @MaxLength(40) readonly from?: string;
  /** Last day, included, or an instant in it; today unless given. */
  @Optional() @IsString() @MaxLength(40) readonly to?: string;
  /** The last hours up to now, exactly, instead of `from` and `to`. */
  @Optional() @AsNumber() @IsInt() @Min(1) @Max(87_840) readonly hours?: number;
  /** IANA time zone of the days; that of the service's settings unless given. */
  @Optional() @IsString() @MaxLength(64) readonly timeZone?: string;
  /** `csv`: the same figures as a file. */
  @Optional() @IsIn(['json', 'csv']) readonly format?: 'json' | 'csv';
}

export class ReportRequest extends PeriodRequest {
  @Optional() @IsIn(GROUPINGS) readonly by?: Grouping;
}

export class CohortRequest extends PeriodRequest {
  @Optional() @IsIn(COHORT_GROUPINGS) readonly by?: CohortGrouping;
}

/** The period a report is asked for; a fault is a 400 that names the parameter. */
export const periodOfRequest = (query: PeriodRequest, now: Date, defaultZone = 'UTC'): Period => {
  const timeZone = query.timeZone ?? defaultZone;
  if (!isTimeZone(timeZone)) throw invalid('/timeZone', 'must be an IANA time zone such as Europe/Berlin');
  try {
    return periodOf(query, now, timeZone);
  } catch (fault) {
    if (!(fault instanceof InvalidPeriod)) throw fault;
    throw invalid(fault.pointer, fault.detail);
  }
};

/** A 400 that names the parameter. */
export const invalid = (pointer: string, detail: string): DomainError =>
  new DomainError('invalid', `\`${pointer.slice(1)}\` ${detail}.`, { errors: [{ pointer, detail }] });
