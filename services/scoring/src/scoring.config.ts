import { ServiceConfig } from '@baton/platform';

export class ScoringConfig extends ServiceConfig {
  /**
   * More than other services: each lead of a batch is read, evaluated, saved and published once, however many of its activities the batch
   * holds. With more, the transactions of a backlog hold their locks for longer than half a second.
   */
  override batchSize = 2_000;
}
