import { ServiceConfig } from '@baton/platform';
import { IsTimeZone } from 'class-validator';

/** Settings of scoring. */
export class ScoringConfig extends ServiceConfig {
  /** Time zone of the months of restated cohorts; the same as for the reports, so that both count a lead in the same month. */
  @IsTimeZone({ message: 'must be an IANA time zone, such as Europe/Berlin' })
  timeZone = 'UTC';

  /**
   * More than other services: each lead of a batch is read, evaluated, saved and published once, however many of its activities the batch
   * holds. With more, the transactions of a backlog hold their locks for longer than half a second.
   */
  override batchSize = 2_000;
}
