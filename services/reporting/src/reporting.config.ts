import { ServiceConfig } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsInt, IsTimeZone, Matches, Max, Min } from 'class-validator';

/** Settings of the reports. */
export class ReportingConfig extends ServiceConfig {
  /** Time zone of the days of a report whose request names none. */
  @IsTimeZone({ message: 'must be an IANA time zone, such as Europe/Berlin' })
  timeZone = 'UTC';

  /** Currency of values, costs and returns. Deals in other currencies are counted and not summed. */
  @Matches(/^[A-Z]{3}$/, { message: 'must be an ISO 4217 code, such as EUR' })
  currency = 'EUR';

  /** Days before a milestone within which touches take credit. After a change: `npx baton recount`. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(730)
  lookbackDays = 90;

  /** Days after which a touch is deleted; more than the longest look-back. Figures of older periods stay as they were counted. */
  @Type(() => Number)
  @IsInt()
  @Min(731)
  @Max(36_500)
  touchRetentionDays = 1_095;
}
