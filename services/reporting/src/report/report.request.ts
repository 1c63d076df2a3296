import { Optional } from '@baton/contracts';
import { DomainError } from '@baton/platform';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { GROUPINGS, type Grouping } from './grouping.js';
import { InvalidPeriod, periodOf, type Period } from './period.js';

export class ReportRequest {
  /** First UTC day, or an instant in it; 30 days up to `to` unless given. */
  @Optional() @IsString() @MaxLength(40) readonly from?: string;
  /** Last UTC day, included, or an instant in it; today unless given. */
  @Optional() @IsString() @MaxLength(40) readonly to?: string;
  @Optional() @IsIn(GROUPINGS) readonly by?: Grouping;
}

/** The days a report is asked for; a fault is a 400 that names the parameter. */
export const periodOfRequest = (query: ReportRequest, now: Date): Period => {
  try {
    return periodOf(query, now);
  } catch (fault) {
    if (!(fault instanceof InvalidPeriod)) throw fault;
    const { pointer, detail } = fault;
    throw new DomainError('invalid', `\`${pointer.slice(1)}\` ${detail}.`, { errors: [{ pointer, detail }] });
  }
};
